package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The names of segments' files. */
final class Segments {
    static final String DIRECTORY = "segments";

    private static final String SUFFIX = ".seg";

    private Segments() {}

    static String name(SegmentId id) {
        return DIRECTORY + "/" + id + SUFFIX;
    }

    static boolean exists(Disk disk, SegmentId id) throws IOException {
        return disk.kind(name(id)) != Disk.Kind.ABSENT;
    }

    /** All segments, ascending. */
    static List<SegmentId> list(Disk disk) throws IOException {
        try {
            return ids(disk.list(DIRECTORY), SUFFIX);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The ids in names that end so, ascending. All other names are somebody else's. */
    static List<SegmentId> ids(List<String> names, String suffix) {
        List<SegmentId> ids = new ArrayList<>();
        for (String name : names) {
            if (name.endsWith(suffix)) {
                parse(name.substring(0, name.length() - suffix.length())).ifPresent(ids::add);
            }
        }
        Collections.sort(ids);
        return ids;
    }

    private static Optional<SegmentId> parse(String text) {
        try {
            return Optional.of(SegmentId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
