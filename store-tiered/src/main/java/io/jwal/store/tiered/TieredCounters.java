package io.jwal.store.tiered;

import java.util.concurrent.atomic.LongAdder;

/** What this store counts. */
final class TieredCounters {
    final LongAdder segmentsArchived = new LongAdder();
    final LongAdder tailsShipped = new LongAdder();
    final LongAdder bytesWritten = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder hotCopiesRemoved = new LongAdder();
    final LongAdder archiveReads = new LongAdder();
    final LongAdder fallbacks = new LongAdder();
    volatile long hotCopiesHeld;
    volatile boolean reachable;
}
