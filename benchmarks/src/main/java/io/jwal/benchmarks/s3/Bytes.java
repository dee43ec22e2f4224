package io.jwal.benchmarks.s3;

import io.jwal.benchmarks.peer.PeerKind;

/** Who moves bytes to a bucket and back. */
public interface Bytes {
    /** How large an entry is. */
    int ENTRY = 1024;

    /** The peer that does it. */
    static Bytes of(PeerKind peer, Place place) {
        return switch (peer) {
            case JWAL -> new LogBytes(place);
            case SDK -> new SdkBytes(place);
            default -> throw new IllegalArgumentException(peer + " knows no bucket");
        };
    }

    /** Stores so many entries below a prefix; durable when it returns. */
    void append(String prefix, int entries) throws Exception;

    /** Reads what a log has stored below a prefix, all of it in order. */
    void scan(String prefix, int entries) throws Exception;
}
