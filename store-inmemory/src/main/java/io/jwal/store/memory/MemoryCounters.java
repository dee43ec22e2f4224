package io.jwal.store.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What one store did since it was opened. */
final class MemoryCounters {
    final LongAdder appends = new LongAdder();
    final LongAdder bytesWritten = new LongAdder();
    final LongAdder syncs = new LongAdder();
    final LongAdder reads = new LongAdder();
    final LongAdder bytesRead = new LongAdder();
    final LongAdder registerReads = new LongAdder();
    final LongAdder registerWrites = new LongAdder();
    final LongAdder segmentsCreated = new LongAdder();
    final LongAdder segmentsSealed = new LongAdder();
    final LongAdder segmentsFenced = new LongAdder();
    final LongAdder segmentsDeleted = new LongAdder();

    Map<String, Long> snapshot(long bytesHeld) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("appends", appends.sum());
        counts.put("bytes.written", bytesWritten.sum());
        counts.put("syncs", syncs.sum());
        counts.put("reads", reads.sum());
        counts.put("bytes.read", bytesRead.sum());
        counts.put("register.reads", registerReads.sum());
        counts.put("register.writes", registerWrites.sum());
        counts.put("segments.created", segmentsCreated.sum());
        counts.put("segments.sealed", segmentsSealed.sum());
        counts.put("segments.fenced", segmentsFenced.sum());
        counts.put("segments.deleted", segmentsDeleted.sum());
        counts.put("bytes.held", bytesHeld);
        return counts;
    }
}
