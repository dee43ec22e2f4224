package main

import (
	"encoding/binary"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tidwall/wal"
)

const (
	batchEntries   = 1000
	timed          = 8 // one call in so many is timed where the clock takes as long as the call
	scratchCount   = 20_000
	openings       = 5
	warmUps        = 10
	touchedCount   = 1000
	cachedSegments = 16 // its default of 2 loads a whole segment for nearly every random read
	bytesPerMB     = 1e6
	bytesPerKiB    = 1024
	nanosPerMilli  = 1e6
)

func open(directory string, durable bool) (*wal.Log, error) {
	return wal.Open(directory, &wal.Options{
		NoSync:           !durable,
		SegmentSize:      wal.DefaultOptions.SegmentSize,
		LogFormat:        wal.Binary,
		SegmentCacheSize: cachedSegments,
		NoCopy:           true,
		DirPerms:         wal.DefaultOptions.DirPerms,
		FilePerms:        wal.DefaultOptions.FilePerms,
	})
}

func template(size int) []byte {
	bytes := make([]byte, size)
	rand.New(rand.NewSource(int64(size))).Read(bytes)
	return bytes
}

func fill(s spec, directory string, count int) error {
	log, err := open(directory, false)
	if err != nil {
		return err
	}
	entry := template(s.Size)
	var batch wal.Batch
	for i := 1; i <= count; i++ {
		binary.LittleEndian.PutUint64(entry, uint64(i))
		batch.Write(uint64(i), entry)
		if i%batchEntries == 0 || i == count {
			if err := log.WriteBatch(&batch); err != nil {
				return err
			}
		}
	}
	if err := log.Sync(); err != nil {
		return err
	}
	return log.Close()
}

func rate(operations int64, took time.Duration, l *latencies) measurement {
	return measurement{Value: float64(operations) / took.Seconds(), Latencies: l.pairs()}
}

// durableAppend has goroutines share a lock, for the log numbers nothing itself.
func durableAppend(s spec) (measurement, error) {
	log, err := open(s.Log, true)
	if err != nil {
		return measurement{}, err
	}
	defer log.Close()
	var lock sync.Mutex
	var last uint64
	run := func(millis int64) (measurement, error) {
		began := time.Now()
		end := began.Add(time.Duration(millis) * time.Millisecond)
		all := newLatencies()
		var failure atomic.Value
		var group sync.WaitGroup
		var joined sync.Mutex
		for range s.Threads {
			group.Go(func() {
				entry := template(s.Size)
				own := newLatencies()
				for before := time.Now(); before.Before(end); {
					lock.Lock()
					last++
					err := log.Write(last, entry)
					lock.Unlock()
					if err != nil {
						failure.Store(err)
						return
					}
					after := time.Now()
					own.record(after.Sub(before).Nanoseconds())
					before = after
				}
				joined.Lock()
				all.add(own)
				joined.Unlock()
			})
		}
		group.Wait()
		if err := failure.Load(); err != nil {
			return measurement{}, err.(error)
		}
		return rate(all.total, time.Since(began), all), nil
	}
	if _, err := run(s.WarmUpMillis); err != nil {
		return measurement{}, err
	}
	return run(s.MeasuredMillis)
}

func batchAppend(s spec) (measurement, error) {
	log, err := open(s.Log, true)
	if err != nil {
		return measurement{}, err
	}
	defer log.Close()
	entry := template(s.Size)
	var batch wal.Batch
	var last uint64
	run := func(millis int64) (measurement, error) {
		l := newLatencies()
		began := time.Now()
		end := began.Add(time.Duration(millis) * time.Millisecond)
		for before := began; before.Before(end); {
			for range batchEntries {
				last++
				batch.Write(last, entry)
			}
			if err := log.WriteBatch(&batch); err != nil {
				return measurement{}, err
			}
			after := time.Now()
			l.record(after.Sub(before).Nanoseconds())
			before = after
		}
		return rate(l.total*batchEntries, time.Since(began), l), nil
	}
	if _, err := run(s.WarmUpMillis); err != nil {
		return measurement{}, err
	}
	return run(s.MeasuredMillis)
}

func bufferedAppend(s spec) (measurement, error) {
	run := func(directory string) (measurement, error) {
		log, err := open(directory, false)
		if err != nil {
			return measurement{}, err
		}
		defer log.Close()
		entry := template(s.Size)
		l := newLatencies()
		began := time.Now()
		for i := 1; i <= s.Entries; i++ {
			before := time.Time{}
			if i%timed == 0 {
				before = time.Now()
			}
			if err := log.Write(uint64(i), entry); err != nil {
				return measurement{}, err
			}
			if i%timed == 0 {
				l.record(time.Since(before).Nanoseconds())
			}
		}
		if err := log.Sync(); err != nil {
			return measurement{}, err
		}
		return rate(int64(s.Entries), time.Since(began), l), nil
	}
	if _, err := run(filepath.Join(s.Directory, "scratch")); err != nil {
		return measurement{}, err
	}
	return run(s.Log)
}

func readStamp(log *wal.Log, index uint64) error {
	entry, err := log.Read(index)
	if err != nil {
		return err
	}
	if found := binary.LittleEndian.Uint64(entry); found != index {
		return fmt.Errorf("read the entry %d at %d", found, index)
	}
	return nil
}

func wholeScan(s spec) (measurement, error) {
	log, err := open(s.Log, false)
	if err != nil {
		return measurement{}, err
	}
	defer log.Close()
	passes := func(millis int64) ([]time.Duration, error) {
		var passes []time.Duration
		end := time.Now().Add(time.Duration(millis) * time.Millisecond)
		for len(passes) < 3 || time.Now().Before(end) {
			began := time.Now()
			for i := uint64(1); i <= uint64(s.Entries); i++ {
				if err := readStamp(log, i); err != nil {
					return nil, err
				}
			}
			passes = append(passes, time.Since(began))
		}
		return passes, nil
	}
	if _, err := passes(s.WarmUpMillis); err != nil {
		return measurement{}, err
	}
	all, err := passes(s.MeasuredMillis)
	if err != nil {
		return measurement{}, err
	}
	return measurement{Value: float64(s.Entries) / median(all).Seconds()}, nil
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

func randomReads(s spec) (measurement, error) {
	log, err := open(s.Log, false)
	if err != nil {
		return measurement{}, err
	}
	defer log.Close()
	random := rand.New(rand.NewSource(6))
	run := func(millis int64) (measurement, error) {
		l := newLatencies()
		began := time.Now()
		end := began.Add(time.Duration(millis) * time.Millisecond)
		reads := int64(0)
		for time.Now().Before(end) {
			for i := range timed {
				before := time.Now()
				if err := readStamp(log, uint64(random.Intn(s.Entries)+1)); err != nil {
					return measurement{}, err
				}
				if i == 0 {
					l.record(time.Since(before).Nanoseconds())
				}
			}
			reads += timed
		}
		return rate(reads, time.Since(began), l), nil
	}
	if _, err := run(s.WarmUpMillis); err != nil {
		return measurement{}, err
	}
	return run(s.MeasuredMillis)
}

func timeOpening(directory string) (time.Duration, error) {
	before := time.Now()
	log, err := open(directory, false)
	if err != nil {
		return 0, err
	}
	took := time.Since(before)
	return took, log.Close()
}

func cleanOpening(s spec) (measurement, error) {
	scratch := filepath.Join(s.Directory, "scratch")
	if err := fill(s, scratch, scratchCount); err != nil {
		return measurement{}, err
	}
	for range warmUps {
		if _, err := timeOpening(scratch); err != nil {
			return measurement{}, err
		}
	}
	var all []time.Duration
	for range openings {
		took, err := timeOpening(s.Log)
		if err != nil {
			return measurement{}, err
		}
		all = append(all, took)
	}
	return measurement{Value: float64(median(all).Nanoseconds()) / nanosPerMilli}, nil
}

// footprint counts what is resident; Go's heap is not told apart.
func footprint(s spec) (measurement, error) {
	log, err := open(s.Log, false)
	if err != nil {
		return measurement{}, err
	}
	defer log.Close()
	last, err := log.LastIndex()
	if err != nil {
		return measurement{}, err
	}
	entry := template(s.Size)
	for range touchedCount {
		last++
		if err := log.Write(last, entry); err != nil {
			return measurement{}, err
		}
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return measurement{}, err
	}
	found := regexp.MustCompile(`VmRSS:\s*(\d+)`).FindSubmatch(status)
	kib, err := strconv.ParseFloat(string(found[1]), 64)
	return measurement{Value: kib * bytesPerKiB / bytesPerMB}, err
}

func frontDrop(s spec) (measurement, error) {
	if err := fill(s, s.Log, s.Entries); err != nil {
		return measurement{}, err
	}
	log, err := open(s.Log, true)
	if err != nil {
		return measurement{}, err
	}
	defer log.Close()
	before := time.Now()
	if err := log.TruncateFront(uint64(s.Entries/2 + 1)); err != nil {
		return measurement{}, err
	}
	return measurement{Value: float64(time.Since(before).Nanoseconds()) / nanosPerMilli}, nil
}
