package io.jwal.core.log;

import io.jwal.Wal;

/** Has a log do now what it does in the background, so that a run repeats. */
public final class Upkeep {
    private final WritingLog log;

    private Upkeep(WritingLog log) {
        this.log = log;
    }

    /** Of a log that was opened for writing. */
    public static Upkeep of(Wal wal) {
        return new Upkeep((WritingLog) wal);
    }

    /** Returns when everything that waits for the background is done. */
    public void finish() {
        log.maintenance().drain();
    }

    /** Removes what retention lets go of. */
    public void retain() {
        log.retain();
    }
}
