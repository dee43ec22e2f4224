package io.jwal.core.log;

import io.jwal.core.commit.Health;
import io.jwal.core.commit.SegmentAppender;
import io.jwal.core.commit.Tail;
import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The segment that comes next: created and named on the maintenance thread, before it is needed. That it could not be
 * created is no failure; it is tried again under the next id.
 */
final class AheadSegment {
    private static final System.Logger LOG = System.getLogger("io.jwal");

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long expectedBytes;
    private final SegmentSet segments;
    private final Health health;
    private final Tail tail;
    private final Maintenance maintenance;
    private final ReentrantLock structure;
    private volatile @Nullable SegmentAppender segment;
    private volatile boolean wanted;
    private volatile long failed = System.nanoTime() - RETRY_NANOS;

    AheadSegment(long expectedBytes, SegmentSet segments, Health health, Tail tail, Maintenance maintenance) {
        this.expectedBytes = expectedBytes;
        this.segments = segments;
        this.health = health;
        this.tail = tail;
        this.maintenance = maintenance;
        this.structure = segments.lock();
    }

    /** The segment, or null while there is none. */
    @Nullable
    SegmentAppender get() {
        return segment;
    }

    /** Has it made soon, if there is none. */
    void want() {
        if (!wanted && segment == null && System.nanoTime() - failed >= RETRY_NANOS) {
            wanted = true;
            maintenance.submit(this::make);
        }
    }

    /** It is written now, or given up: there is none any more. */
    void clear() {
        segment = null;
        wanted = false;
    }

    private void make() {
        structure.lock();
        try {
            if (segment == null && health.isOpen()) {
                SegmentAppender next = segments.create(expectedBytes);
                if (health.canWrite()) {
                    name(next);
                } else {
                    next.release(); // the log failed meanwhile: nothing is named any more
                }
            }
        } catch (StoreFencedException | RuntimeException | Error e) {
            health.fail(e);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the next segment could not be created; the hot one grows", e);
            failed = System.nanoTime();
            wanted = false;
        } finally {
            structure.unlock();
        }
    }

    private void name(SegmentAppender next) {
        try {
            segments.nameOrRelease(next, null, tail.durable());
            segment = next;
        } catch (IOException | RuntimeException | Error e) {
            health.fail(e);
        }
    }
}
