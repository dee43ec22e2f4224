package io.jwal.core.format;

/** Sizes and limits of format 1, in bytes where nothing else is said. */
public final class Layout {
    /** The version that is written, and the newest that is read. */
    public static final int VERSION = 1;

    /** What precedes an entry's bytes: its length and its check. */
    public static final int ENTRY_HEADER_BYTES = 8;

    /** A segment is rolled when it holds so many entries; a batch holds no more. */
    public static final int MAX_ENTRIES = 1 << 20;

    /** Offsets are ints, so no batch begins beyond this; index and trailer of a full segment still fit behind. */
    public static final int MAX_SEGMENT_BYTES = Integer.MAX_VALUE - (48 << 20);

    /** A batch gets a point in the index when it begins so far behind the last one that has. */
    public static final int POINT_SPACING = 64 << 10;

    private static final int ALIGNMENT = 8;

    private Layout() {}

    /** The next multiple of 8. */
    public static long align(long position) {
        return (position + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** The next multiple of 8. */
    public static int align(int position) {
        return (position + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
