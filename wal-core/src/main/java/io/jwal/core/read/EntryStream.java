package io.jwal.core.read;

import io.jwal.Cursor;
import io.jwal.Entry;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Turns a cursor into a stream of entries. */
final class EntryStream extends Spliterators.AbstractSpliterator<Entry> {
    private final Cursor cursor;
    private final long to;
    private long left;

    private EntryStream(Cursor cursor, long to) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE | Spliterator.DISTINCT);
        this.cursor = cursor;
        this.to = to;
        this.left = 1;
    }

    /** The entries from a cursor's next one to an index, inclusive. The stream closes the cursor. */
    static Stream<Entry> of(Cursor cursor, long to) {
        return StreamSupport.stream(new EntryStream(cursor, to), false).onClose(cursor::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Entry> action) {
        if (left == 0 || !cursor.next()) {
            return false;
        }
        if (cursor.index() > to) {
            left = 0;
            return false;
        }
        if (cursor.index() == to) {
            left = 0;
        }
        action.accept(new Entry(cursor.index(), cursor.entryBytes()));
        return true;
    }
}
