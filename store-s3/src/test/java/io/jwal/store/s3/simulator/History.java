package io.jwal.store.s3.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was promised and seen in a run, and what must hold of it. */
final class History {
    private final Scheduler scheduler;
    private final Map<Long, Mark> acknowledged = new TreeMap<>();
    private final Map<Long, Mark> known = new TreeMap<>();
    private final Map<Long, Machine> owners = new TreeMap<>();
    private final List<Found> scans = new ArrayList<>();
    private final Map<Long, Long> positions = new TreeMap<>();
    private final Map<Long, Long> inherited = new TreeMap<>();
    private long floor = 1;

    /**
     * What a writer found in the open segments that it took over.
     *
     * @param behind the index that they begin behind
     */
    private record Found(long epoch, long behind, Map<Long, Mark> entries) {}

    History(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A writer owns the log from now on. */
    void owns(Machine machine, long epoch) {
        Machine other = owners.putIfAbsent(epoch, machine);
        if (other != null) {
            throw scheduler.violation(machine + " and " + other + " both own epoch " + epoch, null);
        }
    }

    /** An entry was promised to be there. */
    void acknowledged(long index, Mark mark) {
        Mark other = acknowledged.putIfAbsent(index, mark);
        if (other != null) {
            throw scheduler.violation("entry " + index + " was acknowledged as " + other + " and as " + mark, null);
        }
        known(index, mark, "acknowledged");
    }

    /** A follower has seen an entry. */
    void seen(long index, Mark mark) {
        known(index, mark, "seen");
    }

    private void known(long index, Mark mark, String how) {
        Mark other = known.putIfAbsent(index, mark);
        if (other != null && !other.equals(mark)) {
            throw scheduler.violation("entry " + index + " is " + other + ", but was " + how + " as " + mark, null);
        }
        scans.stream()
                .filter(scan -> scan.epoch > mark.epoch() && index > scan.behind && index >= floor)
                .filter(scan -> !mark.equals(scan.entries.get(index)))
                .forEach(scan -> {
                    throw scheduler.violation(
                            "entry " + index + " was " + how + " as " + mark + ", but the writer of epoch " + scan.epoch
                                    + " did not find it: " + scan.entries,
                            null);
                });
    }

    /** Entries before an index are not wanted any more. */
    void dropped(long first) {
        floor = Math.max(floor, first);
    }

    /** A writer has looked through what it took over; what it found is the log from now on. */
    void found(long epoch, long behind, Map<Long, Mark> entries) {
        known.forEach((index, mark) -> {
            if (mark.epoch() < epoch && index > behind && index >= floor && !mark.equals(entries.get(index))) {
                throw scheduler.violation(
                        "the writer of epoch " + epoch + " does not find entry " + index + ", " + mark + ", in "
                                + entries,
                        null);
            }
        });
        scans.add(new Found(epoch, behind, entries));
    }

    /** The whole log, as it is read at last. */
    void read(long first, Map<Long, Mark> entries) {
        if (first > floor) {
            throw scheduler.violation(
                    "the log begins at " + first + ", but was dropped up to " + floor + " only", null);
        }
        known.forEach((index, mark) -> {
            if (index >= floor && !mark.equals(entries.get(index))) {
                throw scheduler.violation("entry " + index + ", " + mark + ", is lost: " + entries, null);
            }
        });
    }

    /** A consumer's position was promised to be kept. */
    void committed(long epoch, long position) {
        if (positions.putIfAbsent(position, epoch) != null) {
            throw scheduler.violation("the position " + position + " was committed twice", null);
        }
        inherited.forEach((later, kept) -> checkKept(epoch, position, later, kept));
    }

    /** A writer has taken over a consumer's position. */
    void inherited(long epoch, long position) {
        inherited.put(epoch, position);
        positions.forEach((committed, by) -> checkKept(by, committed, epoch, position));
    }

    private void checkKept(long epoch, long position, long later, long kept) {
        if (later > epoch && kept < position) {
            throw scheduler.violation(
                    "the position " + position + " was committed in epoch " + epoch + ", but epoch " + later
                            + " began with " + kept,
                    null);
        }
    }
}
