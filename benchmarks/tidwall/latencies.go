package main

import "math/bits"

// latencies counts how long calls took, in steps of at most one part in 64.
type latencies struct {
	counts map[int64]int64
	total  int64
}

func newLatencies() *latencies {
	return &latencies{counts: map[int64]int64{}}
}

func (l *latencies) record(nanos int64) {
	shift := max(0, bits.Len64(uint64(nanos))-7)
	l.counts[nanos>>shift<<shift]++
	l.total++
}

func (l *latencies) add(other *latencies) {
	for value, count := range other.counts {
		l.counts[value] += count
	}
	l.total += other.total
}

func (l *latencies) pairs() [][2]int64 {
	pairs := make([][2]int64, 0, len(l.counts))
	for value, count := range l.counts {
		pairs = append(pairs, [2]int64{value, count})
	}
	return pairs
}
