package io.jwal.core.log;

import io.jwal.core.commit.Health;
import io.jwal.core.commit.SegmentAppender;
import io.jwal.core.commit.Tail;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/** Segments that were rolled and are sealed one after the other, on the maintenance thread. A failed seal ends the log. */
final class Sealing {
    private final SegmentSet segments;
    private final Health health;
    private final Tail tail;
    private final Maintenance maintenance;
    private final ReentrantLock structure;
    private final Queue<SegmentAppender> waiting = new ConcurrentLinkedQueue<>();

    Sealing(SegmentSet segments, Health health, Tail tail, Maintenance maintenance) {
        this.segments = segments;
        this.health = health;
        this.tail = tail;
        this.maintenance = maintenance;
        this.structure = segments.lock();
    }

    /** Has a segment sealed soon. */
    void add(SegmentAppender rolled) {
        waiting.add(rolled);
        maintenance.submit(this::sealNext);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    private void sealNext() {
        structure.lock();
        try {
            SegmentAppender old = waiting.peek();
            if (old == null || !health.canWrite()) {
                return;
            }
            old.sync();
            tail.harden(old.index().lastIndex());
            tail.wake();
            old.seal();
            if (!health.canWrite()) {
                return; // the log failed meanwhile: no register is written any more
            }
            segments.end(List.of(old), draft -> draft.durable(tail.durable()).dropPassed(), () -> {});
            waiting.remove(old);
        } catch (IOException | RuntimeException | Error e) {
            health.fail(e);
        } finally {
            structure.unlock();
        }
    }

    /** Waits until all are sealed. Without the lock, which sealing takes. */
    void await() throws IOException {
        if (!waiting.isEmpty()) {
            maintenance.drain();
        }
        check();
    }

    /** Throws if one could not be sealed. */
    void check() throws IOException {
        if (!health.canWrite()) {
            throw new IOException("an earlier segment could not be sealed", health.cause());
        }
    }

    /** With the lock held: gives up what was not sealed. */
    List<SegmentAppender> abandon() {
        List<SegmentAppender> left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }
}
