package io.jwal.core.commit;

/**
 * Whether threads of a crowd watch for the end of a commit rather than sleep. To put a thread to sleep and to wake it takes
 * more of a processor than an append does. Where many more threads than processors wait for a commit that is soon over, it
 * is cheaper if each lets the others run and looks again. It is dearer where somebody else wants the processors: who sleeps
 * is preferred when it wakes, who watches stands in line. So it ends for a while when turns take too long too often, or once
 * so long that the machine gives no more processor time. Thousands of threads disturb each other, and sleep.
 */
class Watch {
    /** So many threads for each processor are a crowd; fewer would keep processors busy that have nothing else to do. */
    private static final int CROWD = 4;

    /** A commit that takes longer is slept through. */
    private static final long MAX_NANOS = 500_000;

    /** Within that a crowd lets each of its threads run; whoever stands in line for longer stands behind somebody else. */
    private static final long MAX_TURN_NANOS = 1_000_000;

    /** Longer than anybody keeps a processor: a container has used up its share of time, which watching takes most of. */
    private static final long STOPPED_NANOS = 20_000_000;

    /** So many commits without a disturbance make up for one with it. */
    private static final int DISTURBED = 3;

    /** So much is too much: nearly each commit was disturbed lately. */
    private static final int MAX_SCORE = 8 * DISTURBED;

    /** So many commits are slept through then. */
    private static final int PAUSE = 4096;

    private final int crowd;
    private volatile boolean worth;
    private volatile int disturbance;
    private int threads;
    private int score;
    private int pause;

    /** For a machine with so many processors. */
    Watch(int processors) {
        crowd = CROWD * processors;
    }

    /** Whether to watch for the end of the next commit. */
    boolean isWorth() {
        return worth;
    }

    /**
     * Lets others run.
     *
     * @param began when the watch began, by {@link System#nanoTime}
     * @return whether to watch on; else the calling thread is to sleep
     */
    boolean pass(long began) {
        long before = nanoTime();
        letOthersRun();
        long now = nanoTime();
        if (now - before > STOPPED_NANOS) {
            disturbance = MAX_SCORE;
        } else if (now - before > MAX_TURN_NANOS) {
            disturbance = Math.max(disturbance, DISTURBED); // may overwrite another's: there will be more of those
        }
        return worth && now - began < MAX_NANOS;
    }

    @SuppressWarnings("ThreadPriorityCheck") // a scheduler that gives nothing for it is found out, see pass
    void letOthersRun() {
        Thread.yield();
    }

    long nanoTime() {
        return System.nanoTime();
    }

    /**
     * A commit has ended. With leadership held.
     *
     * @param waited how many threads waited for it, or wait for the next one already
     * @param nanos how long it took
     */
    void ended(int waited, long nanos) {
        threads = Math.max(waited, threads - 1); // some are just between two appends
        int seen = disturbance;
        if (worth) {
            score = Math.max(0, score + (seen > 0 ? seen : -1));
        } else if (pause > 0) {
            pause--;
        }
        disturbance = 0;
        if (score >= MAX_SCORE) {
            score = 0;
            pause = PAUSE;
        }
        worth = pause == 0 && threads >= crowd && nanos < MAX_NANOS;
    }
}
