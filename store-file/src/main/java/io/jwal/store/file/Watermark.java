package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads WATERMARK: a row of sectors, each free (zeros) or taken by one segment. Several segments are unsealed at once
 * (one being sealed, one hot, one ahead), each is synced by itself, and no mark may hide another's.
 *
 * <p>A sector holds two {@link Mark}s, at bytes 0 and {@value #OTHER_HALF}, written by turns. So one that is being
 * written at this moment, and does not verify, leaves the one before it to be read; on the disk a sector is never torn.
 * Of two marks of one segment the one that says more counts.
 */
final class Watermark implements AutoCloseable {
    static final String NAME = "WATERMARK";
    static final int SECTOR = 512;
    static final int OTHER_HALF = 256;

    /** So many segments are never unsealed at once; a longer file is not ours. */
    private static final int MAX_SECTORS = 1 << 12;

    /** Both marks fail to verify when the writer wrote both while they were read. Or else they are none. */
    private static final int LOOKS = 5;

    private static final byte[] FREE = new byte[SECTOR];

    private final DiskFile file;

    Watermark(DiskFile file) {
        this.file = file;
    }

    /** How many sectors there are. */
    int sectors() throws IOException {
        return (int) Math.min(file.length() / SECTOR, MAX_SECTORS);
    }

    /** What one sector says of a segment; null for nothing. */
    @Nullable
    Mark read(int sector, SegmentId id) throws IOException {
        Mark found = null;
        for (Mark mark : marks(sector)) {
            if (mark != null && mark.id().equals(id)) {
                found = found == null ? mark : found.orMore(mark);
            }
        }
        return found;
    }

    /** All that is said, by segment. */
    Map<SegmentId, Found> readAll() throws IOException {
        Map<SegmentId, Found> found = new HashMap<>();
        int sectors = sectors();
        for (int sector = 0; sector < sectors; sector++) {
            @Nullable Mark[] marks = marks(sector);
            for (int half = 0; half < marks.length; half++) {
                Mark mark = marks[half];
                if (mark != null) {
                    found.merge(mark.id(), new Found(sector, half != 0, mark), Found::orMore);
                }
            }
        }
        return found;
    }

    private @Nullable Mark[] marks(int sector) throws IOException {
        byte[] bytes = new byte[SECTOR];
        Mark one = null;
        Mark other = null;
        for (int i = 0; i < LOOKS && one == null && other == null; i++) {
            if (file.read((long) sector * SECTOR, bytes, 0, SECTOR) < SECTOR || Arrays.equals(bytes, FREE)) {
                break;
            }
            one = Mark.decode(bytes, 0);
            other = Mark.decode(bytes, OTHER_HALF);
        }
        return new @Nullable Mark[] {one, other};
    }

    /** A mark and where it stands. */
    record Found(int sector, boolean otherHalf, Mark mark) {
        private Found orMore(Found other) {
            return mark.orMore(other.mark).equals(mark) ? this : other;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
