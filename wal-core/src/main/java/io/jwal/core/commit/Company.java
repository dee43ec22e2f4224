package io.jwal.core.commit;

/**
 * Whom a commit waits for. Threads that append again and again are back soon after a commit has covered them; were the next
 * one begun without them, two halves would take turns, and each append would wait for two syncs. So it waits until as many
 * wait as before, for no longer than a commit takes, and less and less often while they do not come. With leadership held.
 */
class Company {
    /** Below that a commit is over before anybody could be woken. */
    private static final long MIN_NANOS = 20_000;

    /** Whoever was woken is back by then, or does something else. */
    private static final long MAX_NANOS = 1_000_000;

    /** A thread that waits is woken so much too late even if it was let go in time. */
    private static final long MAX_LATE_NANOS = 100_000;

    /** So many share a sync well enough: to wait for more would cost more than it spares. */
    private static final int ENOUGH = 16;

    /** After so many misses in a row one commit in 64 waits. */
    private static final int MAX_MISSES = 6;

    private int expected;
    private long patience;
    private int misses;
    private int pause;

    /**
     * A commit has ended.
     *
     * @param covered how many threads waited for it
     * @param waiting how many wait for the next one already
     * @param nanos how long it took
     */
    void ended(int covered, int waiting, long nanos) {
        expected = Math.min(ENOUGH, Math.max(covered + waiting, expected - 1)); // some are just between two appends
        patience = nanos < MIN_NANOS ? 0 : Math.min(nanos, MAX_NANOS);
    }

    /**
     * How long the next commit may wait for {@link #expected} threads, in nanoseconds; 0 if it should not. Asked once for
     * each, for it counts those that do not wait. All threads may take as long as a commit, and those who are still missing
     * their share of that: where being woken takes longer, halves that take turns are faster.
     */
    long nextPatience(int waiting) {
        if (patience == 0 || waiting >= expected) {
            return 0;
        }
        if (pause > 0) {
            pause--;
            return 0;
        }
        return patience * (expected - waiting) / expected;
    }

    /** How many threads may wait for the next commit. */
    int expected() {
        return expected;
    }

    /**
     * The waiting is over.
     *
     * @param waiting how many had come
     * @param late how much later than allowed, in nanoseconds: who was waited for by mistake has not come in time
     */
    void came(int waiting, long late) {
        boolean hit = waiting >= expected && late <= MAX_LATE_NANOS;
        misses = hit ? 0 : Math.min(misses + 1, MAX_MISSES);
        pause = (1 << misses) - 1;
    }
}
