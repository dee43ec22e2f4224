package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads WATERMARK: a row of sectors, each free or holding the {@link Mark} of one segment. Several segments are
 * unsealed at once (one being sealed, one hot, one ahead), each is synced by itself, and no mark may hide another's.
 */
final class Watermark implements AutoCloseable {
    static final String NAME = "WATERMARK";
    static final int SECTOR = 512;

    /** So many segments are never unsealed at once; a longer file is not ours. */
    static final int MAX_SECTORS = 1 << 12;

    private static final long PAUSE_NANOS = 100_000;
    private static final byte[] NOTHING = new byte[Mark.BYTES];

    private final DiskFile file;

    Watermark(DiskFile file) {
        this.file = file;
    }

    /** How many sectors there are. */
    int sectors() throws IOException {
        return (int) Math.min(file.length() / SECTOR, MAX_SECTORS);
    }

    /** Reads the mark in one sector; null when it holds none of this segment. */
    @Nullable
    Mark read(int sector, SegmentId id) throws IOException {
        Mark mark = read(sector, new Patience());
        return mark != null && mark.id().equals(id) ? mark : null;
    }

    /** All marks, by segment. Waits for those that are being written, if somebody may be writing. */
    Map<SegmentId, Found> readAll(boolean shared) throws IOException {
        Patience patience = shared ? new Patience() : Patience.none();
        Map<SegmentId, Found> found = new HashMap<>();
        int sectors = sectors();
        for (int sector = 0; sector < sectors; sector++) {
            Mark mark = read(sector, patience);
            if (mark != null) {
                found.merge(mark.id(), new Found(sector, mark), Found::later);
            }
        }
        return found;
    }

    private @Nullable Mark read(int sector, Patience patience) throws IOException {
        byte[] bytes = new byte[Mark.BYTES];
        while (true) {
            if (file.read((long) sector * SECTOR, bytes, 0, bytes.length) < bytes.length
                    || Arrays.equals(bytes, NOTHING)) {
                return null;
            }
            Mark mark = Mark.decode(bytes);
            if (mark != null || patience.isOver()) {
                return mark;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** A mark and where it stands. */
    record Found(int sector, Mark mark) {
        private static Found later(Found one, Found other) {
            return one.mark.sealed() || one.mark.synced() > other.mark.synced() ? one : other;
        }
    }

    /**
     * How often to look again at marks that do not verify because they are being written at this moment. That takes a
     * microsecond, unless the writer loses its processor; a mark that stays so is torn or foreign.
     */
    private static final class Patience {
        private static final int LOOKS = 10_000;

        private int left = LOOKS;

        static Patience none() {
            Patience none = new Patience();
            none.left = 0;
            return none;
        }

        boolean isOver() {
            return --left < 0;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
