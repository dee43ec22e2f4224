package io.jwal.core.inspect;

import io.jwal.CorruptLogException;
import io.jwal.core.Verification;
import io.jwal.core.Verification.Finding;
import io.jwal.store.SegmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What was found to be wrong: all is counted, the first of it is kept. */
final class FindingList {
    private final List<Finding> kept = new ArrayList<>();
    private long count;

    /** Something about the log as a whole. */
    void add(String what) {
        add(new Finding(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), what));
    }

    /** Something about a segment as a whole. */
    void add(SegmentId segment, String what) {
        add(new Finding(Optional.of(segment), OptionalLong.empty(), OptionalLong.empty(), what));
    }

    /** Something at a place of a segment. */
    void add(SegmentId segment, long offset, String what) {
        add(new Finding(Optional.of(segment), OptionalLong.of(offset), OptionalLong.empty(), what));
    }

    /** Something at a place of a segment that hits an entry. */
    void add(SegmentId segment, long offset, long index, String what) {
        add(new Finding(Optional.of(segment), OptionalLong.of(offset), OptionalLong.of(index), what));
    }

    /** What an exception tells. */
    void add(CorruptLogException damage) {
        add(new Finding(damage.segment(), damage.offset(), damage.index(), String.valueOf(damage.getMessage())));
    }

    private void add(Finding finding) {
        count++;
        if (kept.size() < Verification.MAX_FINDINGS) {
            kept.add(finding);
        }
    }

    /** All of another list. */
    void add(FindingList others) {
        others.kept.forEach(this::add);
        count += others.count - others.kept.size();
    }

    List<Finding> kept() {
        return kept;
    }

    long count() {
        return count;
    }
}
