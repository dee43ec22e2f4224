package io.jwal.core.log;

import io.jwal.core.commit.Health;
import io.jwal.core.read.LogView;
import io.jwal.store.LogManifest;
import java.time.Duration;

/** Removes whole segments from the start of the log by age and by size, as far as consumers allow. */
final class Retention implements Runnable {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final EngineSettings settings;
    private final SegmentChain chain;
    private final Consumers consumers;
    private final Health health;

    Retention(EngineSettings settings, SegmentChain chain, Consumers consumers, Health health) {
        this.settings = settings;
        this.chain = chain;
        this.consumers = consumers;
        this.health = health;
    }

    /** How long to wait between two looks: a tenth of the age, within reason. */
    static Duration pause(EngineSettings settings) {
        Duration age = settings.retention().maxAge();
        Duration tenth = age == null ? SHORTEST_PAUSE.multipliedBy(10) : age.dividedBy(10);
        if (tenth.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return tenth.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : tenth;
    }

    @Override
    public void run() {
        // A consumer that is opened meanwhile would begin before what is removed. Who holds the lock may be waiting for
        // the store, and this thread has segments to seal: there is another turn.
        if (!health.isOpen() || !consumers.lock().tryLock()) {
            return;
        }
        try {
            removeOld();
        } finally {
            consumers.lock().unlock();
        }
    }

    private void removeOld() {
        LogView view = chain.view();
        long first = view.firstIndex();
        long keep = settings.retention().waitForConsumers() ? consumers.lowest() : Long.MAX_VALUE;
        long bytes = view.bytes();
        for (LogManifest.Segment segment : view.sealed()) {
            // A limit below the size of one segment keeps the last one: it bounds the past, it does not empty the log.
            boolean tooLarge = bytes > settings.retention().maxBytes() && segment.lastIndex() < chain.lastIndex();
            if (segment.lastIndex() >= keep || !(tooLarge || isOld(segment))) {
                break;
            }
            first = segment.lastIndex() + 1;
            bytes -= segment.bytes();
        }
        if (first > view.firstIndex()) {
            chain.dropSeen(first, view);
        }
    }

    private boolean isOld(LogManifest.Segment segment) {
        Duration age = settings.retention().maxAge();
        return age != null && segment.lastTime() < settings.clock().millis() - age.toMillis();
    }
}
