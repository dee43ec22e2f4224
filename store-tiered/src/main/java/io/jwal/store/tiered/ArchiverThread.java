package io.jwal.store.tiered;

import io.jwal.WalException;
import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The thread that archives, from the first manifest that this writer wrote until its claim ends. */
final class ArchiverThread {
    private static final long SHORTEST_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();
    private static final long IDLE_PAUSE = Duration.ofMinutes(1).toNanos();

    private final Archiver archiver;
    private final Tiers tiers;
    private final Pace pace;
    private final AppendGate gate;
    private final Thread thread;
    private volatile long logEpoch;
    private @Nullable String trouble;
    private int failures;

    ArchiverThread(Archiver archiver, Tiers tiers, Pace pace, AppendGate gate) {
        this.archiver = archiver;
        this.tiers = tiers;
        this.pace = pace;
        this.gate = gate;
        this.thread = new Thread(this::run, "jwal-archiver");
        thread.setDaemon(true);
    }

    /** The log's writer has written a manifest of its epoch. */
    void logChanged(long epoch) {
        boolean first = logEpoch == 0;
        logEpoch = epoch;
        if (first) {
            thread.start();
        } else {
            pace.wake();
        }
    }

    private void run() {
        while (true) {
            boolean last = pace.isStopping(); // asked before it looks at the log, which nobody changes any more then
            long pause = idlePause();
            boolean more = false;
            try {
                more = archiver.step(logEpoch, gate);
                recovered();
            } catch (StoreFencedException e) {
                fenced(e);
                return;
            } catch (Pace.StoppedException e) {
                closedTooEarly();
                return;
            } catch (IOException | RuntimeException e) {
                failed(e);
                last = pace.isStopping();
                pause = backOff();
            }
            if (last && !more) {
                return;
            }
            if (!more) {
                pace.rest(pause, failures == 0);
            }
        }
    }

    private long idlePause() {
        Duration ship = tiers.config().shipInterval();
        Duration age = tiers.config().keepHot() == null
                ? null
                : tiers.config().keepHot().age();
        long pause = ship == null ? IDLE_PAUSE : Math.min(IDLE_PAUSE, ship.toNanos());
        return age == null ? pause : Math.min(pause, Math.max(SHORTEST_PAUSE, age.toNanos()));
    }

    private void recovered() {
        if (failures > 0) {
            tiers.context().logger().log(System.Logger.Level.INFO, "archiving goes on");
        }
        failures = 0;
        trouble = null;
    }

    private void fenced(StoreFencedException e) {
        gate.fence(String.valueOf(e.getMessage()));
        tiers.context().logger().log(System.Logger.Level.ERROR, "archiving has ended: " + e.getMessage(), e);
    }

    /** Nothing is wrong: closing has waited as long as it was to. */
    private void closedTooEarly() {
        tiers.context()
                .logger()
                .log(
                        System.Logger.Level.INFO,
                        "the archive lacks " + gate.backlog() + " bytes of sealed segments; they follow when the log is"
                                + " opened again");
    }

    /** Also a mistake of ours: the log must not suffer, and it must be seen. */
    private void failed(Exception e) {
        failures++;
        tiers.counters().failures.increment();
        tiers.counters().reachable = false;
        String message = String.valueOf(e.getMessage());
        if (!message.equals(trouble)) {
            boolean known = e instanceof IOException || e instanceof WalException;
            tiers.context()
                    .logger()
                    .log(
                            known ? System.Logger.Level.WARNING : System.Logger.Level.ERROR,
                            "archiving is held up and is tried again: " + message,
                            e);
        }
        trouble = message;
    }

    private long backOff() {
        long longest = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE << Math.min(failures, 10));
        return longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2);
    }

    /** Lets it finish what it can within a time, and waits until it has left both stores. */
    void stop(Duration patience) {
        pace.stop(patience.toNanos());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
