package io.jwal.s3.servers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a request, or its answer, waits until the test lets it go on. */
public final class Gate {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Gate() {}

    /**
     * Waits until a request has come to this gate.
     *
     * @throws AssertionError if none comes within 30 seconds, or the caller is interrupted
     */
    public void awaitReached() {
        try {
            if (!reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no request came to the gate within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a request to come to the gate", e);
        }
    }

    /**
     * Whether a request has come to this gate.
     *
     * @return true once it has, also after its release
     */
    public boolean isReached() {
        return reached.getCount() == 0;
    }

    /** Lets the request go on. Before it has come: it will not wait. */
    public void release() {
        released.countDown();
    }

    /** Waits for the release; the threads of servers are interrupted by nobody. */
    void pass() {
        reached.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the release, but no longer than that. */
    void pass(Duration patience) {
        reached.countDown();
        try {
            if (!released.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
