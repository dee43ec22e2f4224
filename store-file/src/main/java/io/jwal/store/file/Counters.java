package io.jwal.store.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a store counts. */
final class Counters {
    final LongAdder bytesWritten = new LongAdder();
    final LongAdder bytesPreallocated = new LongAdder();
    final LongAdder syncs = new LongAdder();
    final LongAdder registerWrites = new LongAdder();
    final LongAdder segmentsCreated = new LongAdder();
    final LongAdder segmentsSealed = new LongAdder();
    final LongAdder segmentsDeleted = new LongAdder();

    Map<String, Long> snapshot(MappedMemory mapped) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("bytes.written", bytesWritten.sum());
        counts.put("bytes.preallocated", bytesPreallocated.sum());
        counts.put("syncs", syncs.sum());
        counts.put("register.writes", registerWrites.sum());
        counts.put("segments.created", segmentsCreated.sum());
        counts.put("segments.sealed", segmentsSealed.sum());
        counts.put("segments.deleted", segmentsDeleted.sum());
        counts.put("mapped.bytes", mapped.bytes());
        counts.put("mapped.deleted.bytes", mapped.deletedBytes());
        return counts;
    }
}
