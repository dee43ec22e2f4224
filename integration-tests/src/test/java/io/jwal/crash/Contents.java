package io.jwal.crash;

import io.jwal.Cursor;
import io.jwal.WalReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a log holds, or has to hold.
 *
 * @param log its entries
 * @param kept what is kept beside them
 */
record Contents(Log log, Kept kept) {
    private static final String NAME = "n";

    /**
     * Entries.
     *
     * @param first the first index
     * @param loosest the first index may be as high as this: what retention removes is its own affair
     * @param entries the entries from {@code first} on
     */
    record Log(long first, long loosest, List<byte[]> entries) {
        static final Log EMPTY = new Log(1, 1, List.of());

        long last() {
            return first + entries.size() - 1;
        }

        Log with(List<byte[]> more) {
            List<byte[]> all = new ArrayList<>(entries);
            all.addAll(more);
            return new Log(first, loosest, all);
        }

        /** Without what lies before an index. */
        Log from(long index) {
            if (index <= first) {
                return this;
            }
            int gone = (int) Math.min(index - first, entries.size());
            return new Log(index, Math.max(index, loosest), entries.subList(gone, entries.size()));
        }

        /** Without what lies behind an index. */
        Log upTo(long index) {
            return index >= last() ? this : new Log(first, loosest, entries.subList(0, (int) (index - first + 1)));
        }

        /** The same, of which any part may be removed from the start. */
        Log loosened() {
            return new Log(first, last() + 1, entries);
        }

        /** Whether a log that was found is this one. */
        boolean allows(Log found) {
            if (found.first < first || found.first > loosest || found.last() != Math.max(last(), found.first - 1)) {
                return false;
            }
            List<byte[]> wanted = from(found.first).entries;
            for (int i = 0; i < wanted.size(); i++) {
                if (!Arrays.equals(wanted.get(i), found.entries.get(i))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            List<String> sizes = new ArrayList<>();
            entries.forEach(entry -> sizes.add(entry.length + "#" + Integer.toHexString(Arrays.hashCode(entry))));
            return first + (loosest > first ? "(to " + loosest + ")" : "") + ".." + last() + " " + sizes;
        }
    }

    /**
     * What is kept beside the entries.
     *
     * @param position of one consumer; 0 without it
     * @param property the value of one property; empty without it
     */
    record Kept(long position, String property) {
        static final Kept NOTHING = new Kept(0, "");

        Kept upTo(long last) {
            return new Kept(Math.min(position, last + 1), property);
        }
    }

    static final Contents EMPTY = new Contents(Log.EMPTY, Kept.NOTHING);

    /** Reads all of a log. */
    static Contents of(WalReader log) {
        long first = log.firstIndex();
        List<byte[]> entries = new ArrayList<>();
        try (Cursor cursor = log.cursor(first)) {
            while (cursor.next()) {
                if (cursor.index() != first + entries.size()) {
                    throw new AssertionError(
                            "behind " + entries.size() + " entries from " + first + " stands " + cursor.index());
                }
                entries.add(cursor.entryBytes());
            }
        }
        if (log.lastIndex() != first + entries.size() - 1) {
            throw new AssertionError("the log says that it ends at " + log.lastIndex() + ", and has " + entries.size()
                    + " entries from " + first);
        }
        String property = log.property(NAME)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
        return new Contents(
                new Log(first, first, entries), new Kept(log.consumers().getOrDefault(NAME, 0L), property));
    }

    static String name() {
        return NAME;
    }
}
