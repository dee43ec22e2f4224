package io.jwal.store.tck.simulator;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a planned call waits until the test lets it go on. An interrupt does not let it go on, and is kept. */
public final class Gate {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Gate() {}

    /**
     * Waits until the call has come to this gate.
     *
     * @throws AssertionError if it does not come within 30 seconds, or the caller is interrupted
     */
    public void awaitReached() {
        try {
            if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("no call came to the gate within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a call to come to the gate", e);
        }
    }

    /**
     * Whether a call has come to this gate.
     *
     * @return true once it has, also after its release
     */
    public boolean isReached() {
        return reached.getCount() == 0;
    }

    /** Lets the call go on. Before it has come: it will not wait. */
    public void release() {
        released.countDown();
    }

    void pass() {
        reached.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                released.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
