// Command tidwall does the works of JWal's benchmarks with github.com/tidwall/wal, in the binary format and without a
// copy of what it reads: prepare SPEC.json, or measure SPEC.json RESULT.json.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"
)

// spec is what io.jwal.benchmarks.work.TrialSpec writes.
type spec struct {
	CaseID         string `json:"caseId"`
	Log            string `json:"log"`
	Directory      string `json:"directory"`
	WarmUpMillis   int64  `json:"warmUpMillis"`
	MeasuredMillis int64  `json:"measuredMillis"`
	Entries        int    `json:"entries"`
	Size           int    `json:"size"`
	Threads        int    `json:"threads"`
}

// measurement is what io.jwal.benchmarks.work.Measurement reads.
type measurement struct {
	Value     float64            `json:"value"`
	Latencies [][2]int64         `json:"latencies"`
	Figures   map[string]float64 `json:"figures"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("usage: tidwall prepare SPEC.json, or tidwall measure SPEC.json RESULT.json")
	}
	var s spec
	read(os.Args[2], &s)
	if os.Args[1] == "prepare" {
		check(fill(s, s.Log, s.Entries))
		return
	}
	found, err := measure(s)
	check(err)
	write(os.Args[3], found)
}

func measure(s spec) (measurement, error) {
	row, _, _ := strings.Cut(s.CaseID, "/")
	switch row {
	case "W1", "W2":
		return durableAppend(s)
	case "W3":
		return batchAppend(s)
	case "W4":
		return bufferedAppend(s)
	case "W5":
		return wholeScan(s)
	case "W6":
		return randomReads(s)
	case "W7":
		return cleanOpening(s)
	case "W8":
		return footprint(s)
	case "W9":
		return frontDrop(s)
	}
	return measurement{}, fmt.Errorf("tidwall does not do %s", s.CaseID)
}

func read(file string, into any) {
	bytes, err := os.ReadFile(file)
	check(err)
	check(json.Unmarshal(bytes, into))
}

func write(file string, found measurement) {
	if found.Latencies == nil {
		found.Latencies = [][2]int64{}
	}
	if found.Figures == nil {
		found.Figures = map[string]float64{}
	}
	bytes, err := json.Marshal(found)
	check(err)
	check(os.WriteFile(file, bytes, 0o640))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
