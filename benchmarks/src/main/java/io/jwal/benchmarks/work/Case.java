package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.PeerKind;
import java.util.List;

/**
 * One row of the comparison.
 *
 * @param id the row's number in the plan and the variant, "W1/128B"
 * @param title what is done
 * @param unit what it is counted in
 * @param peers who can do it
 * @param goal what JWal wants of itself
 * @param load how much of it
 * @param prepared the name under which trials and other cases share what was prepared; empty if each trial begins anew
 * @param work how it is done
 */
public record Case(
        String id, String title, Unit unit, List<PeerKind> peers, Goal goal, Load load, String prepared, Work work) {
    /** The row's number, "W1". */
    public String row() {
        return id.substring(0, id.indexOf('/'));
    }

    /** Whether the disk's syncs are what it costs, so that the medium matters. */
    public boolean syncs() {
        return work instanceof DurableAppend || work instanceof BatchAppend;
    }

    /**
     * How much is done.
     *
     * @param entries how many entries, 0 where a clock ends the work
     * @param size the size of an entry
     * @param threads how many threads append
     */
    public record Load(int entries, int size, int threads) {}
}
