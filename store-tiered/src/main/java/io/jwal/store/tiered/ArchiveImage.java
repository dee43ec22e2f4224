package io.jwal.store.tiered;

import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the archive may say that it holds, given what is in it: the contiguous beginning of one version of the log's
 * manifest. It changes nothing, so that every case can be tried.
 */
final class ArchiveImage {
    private final ArchiveManifest before;
    private final LogManifest log;
    private final Map<SegmentId, Copy> held;
    private final boolean keepPast;
    private final List<LogManifest.Segment> named = new ArrayList<>();
    private final List<Copy> copies = new ArrayList<>();
    private long last;
    private boolean complete = true;

    private ArchiveImage(ArchiveManifest before, LogManifest log, Map<SegmentId, Copy> held, boolean keepPast) {
        this.before = before;
        this.log = log;
        this.held = held;
        this.keepPast = keepPast;
    }

    /**
     * The image of a version of the log's manifest, to replace that of an earlier version.
     *
     * @param before what the archive says now
     * @param held copies that are in the archive and were verified, by the log's segment
     * @param keepPast whether entries that the log dropped from its beginning stay
     * @return empty if the archive would lose entries by it that are still the log's: joining and recovery drop segments
     *     whose entries go on to live in newer ones, and those have to be archived first
     */
    static Optional<ArchiveManifest> of(
            ArchiveManifest before, LogManifest log, Map<SegmentId, Copy> held, boolean keepPast) {
        ArchiveImage image = new ArchiveImage(before, log, held, keepPast);
        image.chain();
        if (!image.complete && image.last < image.mustHold()) {
            return Optional.empty();
        }
        return Optional.of(image.build());
    }

    private void chain() {
        last = log.firstIndex() - 1;
        boolean begun = false;
        for (LogManifest.Segment sealed : log.segments(LogManifest.State.SEALED)) {
            Copy copy = held.get(sealed.id());
            if (copy == null || !copy.isOf(sealed) || !copy.isWhole()) {
                complete = false;
                return;
            }
            add(sealed, copy, sealed.lastIndex());
            begun = true;
        }
        for (LogManifest.Segment open : log.segments(LogManifest.State.OPEN)) {
            complete = false; // nobody knows here whether it has more
            Copy copy = held.get(open.id());
            if (copy == null || !copy.isOf(open) || !follows(copy, begun)) {
                return;
            }
            add(open, copy, copy.segment().lastIndex());
            begun = true;
        }
    }

    private boolean follows(Copy copy, boolean begun) {
        long first = copy.segment().firstIndex();
        return begun ? first == last + 1 : first <= log.firstIndex();
    }

    private void add(LogManifest.Segment segment, Copy copy, long lastIndex) {
        named.add(segment);
        copies.add(copy);
        last = Math.max(last, lastIndex);
    }

    /** Up to where the archive has entries that are still the log's. */
    private long mustHold() {
        return Math.min(before.lastIndex(), lowestCut());
    }

    /** Up to where no cut since has reached. Of so many that some are forgotten, believe that none did. */
    private long lowestCut() {
        long cuts = log.cutCounter() - before.image().cutCounter();
        if (cuts <= 0 || cuts > log.cuts().size()) {
            return Long.MAX_VALUE;
        }
        return log.cuts().stream()
                .skip(log.cuts().size() - cuts)
                .mapToLong(LogManifest.Cut::lastIndex)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private ArchiveManifest build() {
        long first = log.firstIndex();
        if (keepPast) {
            first = prependPast(first);
        }
        LogManifest image = new LogManifest(
                log.epoch(),
                first,
                Math.max(first - 1, Math.min(log.durableIndex(), last)),
                log.cutCounter(),
                log.cuts(),
                named);
        return new ArchiveManifest(before.epoch(), before.hotId(), log.firstIndex(), image, before.state(), copies);
    }

    /**
     * Puts what the log dropped from its beginning in front; where the image begins. Where entries are missing between,
     * because they were dropped before they were archived, its copies are kept, but the image begins behind them.
     */
    private long prependPast(long first) {
        long begin = named.isEmpty() ? first : firstOf(copies.get(0));
        long limit = Math.min(begin - 1, lowestCut());
        List<Copy> past = before.copies().stream()
                .filter(copy -> copy.isWhole() && copy.segment().firstIndex() <= limit)
                .toList();
        List<LogManifest.Segment> joined = new ArrayList<>();
        long next = begin;
        for (LogManifest.Segment segment : reversed(before.image().segments(LogManifest.State.SEALED))) {
            if (segment.lastIndex() + 1 == next) {
                joined.add(0, segment);
                next = segment.firstIndex();
            }
        }
        named.addAll(0, joined);
        copies.addAll(0, past);
        return joined.isEmpty() ? first : Math.max(before.image().firstIndex(), next);
    }

    private static List<LogManifest.Segment> reversed(List<LogManifest.Segment> segments) {
        List<LogManifest.Segment> reversed = new ArrayList<>(segments);
        Collections.reverse(reversed);
        return reversed;
    }

    private static long firstOf(Copy copy) {
        return copy.segment().firstIndex();
    }
}
