package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The names of segments' files. */
final class Segments {
    static final String DIRECTORY = "segments";

    private static final String SUFFIX = ".seg";

    private final Disk disk;

    Segments(Disk disk) {
        this.disk = disk;
    }

    static String name(SegmentId id) {
        return DIRECTORY + "/" + id + SUFFIX;
    }

    boolean exists(SegmentId id) throws IOException {
        return disk.kind(name(id)) != Disk.Kind.ABSENT;
    }

    /** All segments, ascending. Files of other names are somebody else's. */
    List<SegmentId> list() throws IOException {
        List<SegmentId> ids = new ArrayList<>();
        try {
            for (String name : disk.list(DIRECTORY)) {
                if (name.endsWith(SUFFIX)) {
                    add(ids, name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        Collections.sort(ids);
        return ids;
    }

    private static void add(List<SegmentId> ids, String text) {
        try {
            ids.add(SegmentId.parse(text));
        } catch (IllegalArgumentException e) {
            // Not one of ours.
        }
    }
}
