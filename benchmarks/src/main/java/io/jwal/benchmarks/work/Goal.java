package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.PeerKind;
import org.jspecify.annotations.Nullable;

/**
 * What JWal wants of itself in a case.
 *
 * @param against the peer it is compared with; null if the figure itself counts
 * @param atLeast the ratio to that peer, above 1 is better than it; or the figure
 * @param aim the same, to be proud of
 * @param first whether no other peer may be better than JWal
 */
public record Goal(@Nullable PeerKind against, double atLeast, double aim, boolean first) {
    /** Of a case that is only looked at. */
    static final Goal NONE = new Goal(null, Double.MAX_VALUE, Double.MAX_VALUE, false);

    /** A multiple of the raw loop. */
    static Goal ofRaw(double atLeast, double aim) {
        return new Goal(PeerKind.RAW, atLeast, aim, false);
    }

    /** A multiple of a peer. */
    static Goal of(PeerKind against, double atLeast, double aim) {
        return new Goal(against, atLeast, aim, false);
    }

    /** A figure that must not be passed. */
    static Goal within(double atLeast, double aim) {
        return new Goal(null, atLeast, aim, false);
    }

    /** The same, and ahead of every peer that does the work. */
    Goal andFirst() {
        return new Goal(against, atLeast, aim, true);
    }
}
