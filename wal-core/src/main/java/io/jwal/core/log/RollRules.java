package io.jwal.core.log;

import io.jwal.core.commit.SegmentAppender;
import io.jwal.core.format.Layout;

/** When a segment is left for the next one, when that one is made, and how much is set aside for it. */
final class RollRules {
    /** What is set aside where a whole segment would be too much; the first one after opening often gets a few entries. */
    static final long LITTLE_BYTES = 64 << 10;

    /**
     * A segment that has grown so far beyond what was expected of it, or by an eighth of a large one, and by large appends,
     * is left for one that is set aside as a whole, as soon as that is ready: every such append changes the length of the
     * file until then, which takes the disk longer than the append. Less would set a whole segment aside for a log of a
     * few megabytes.
     */
    private static final long MIN_EXCESS = 8 << 20;

    /** An append that brings so much for each sync is large. Behind smaller ones a file store sets space aside as it goes. */
    private static final long LARGE_APPEND = 64 << 10;

    private static final int EXCESS_PART = 8;

    /** The next segment is made once half of the hot one is used. */
    private static final int AHEAD_AFTER = 2;

    private final EngineSettings settings;

    RollRules(EngineSettings settings) {
        this.settings = settings;
    }

    /** What pays to be set aside for every segment but the first. */
    long expectedBytes() {
        return setsSpaceAside() ? settings.segmentSize() : LITTLE_BYTES;
    }

    /**
     * Whether space is set aside for whole segments. It makes each sync cheaper and every byte dearer, so it is for logs
     * that sync each append; and a store across a network has no such space.
     */
    private boolean setsSpaceAside() {
        return !settings.remote() && settings.commit().syncs();
    }

    /** Whether it is time to make the next segment. */
    boolean wantsNext(SegmentAppender now) {
        return now.position() >= settings.segmentSize() / AHEAD_AFTER
                || now.syncs() >= settings.maxSyncs() / AHEAD_AFTER
                || now.index().count() >= Layout.MAX_ENTRIES / AHEAD_AFTER;
    }

    /** Whether a batch of so many bytes belongs into the next segment. */
    boolean isDue(SegmentAppender now, long batchBytes) {
        return now.index().count() > 0
                && (now.position() + batchBytes > settings.segmentSize()
                        || now.syncs() >= settings.maxSyncs()
                        || now.isFull()
                        || isOutgrown(now)
                        || isOld(now));
    }

    private boolean isOutgrown(SegmentAppender now) {
        return setsSpaceAside()
                && now.excess() >= Math.max(MIN_EXCESS, settings.segmentSize() / EXCESS_PART)
                && now.position() >= now.syncs() * LARGE_APPEND;
    }

    /** Whether it is left for its age, however small it is. */
    boolean isOld(SegmentAppender now) {
        return settings.segmentMaxAge() != null
                && settings.clock().millis() - now.created()
                        >= settings.segmentMaxAge().toMillis();
    }
}
