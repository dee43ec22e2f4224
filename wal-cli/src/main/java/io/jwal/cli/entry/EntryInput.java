package io.jwal.cli.entry;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes entries out of a stream, one after the other, in memory that is bounded by the largest entry. */
public interface EntryInput {
    /**
     * The next entry.
     *
     * @return its content, or null at the end
     * @throws RefusedInputException if what comes next is no entry, or too large
     * @throws IOException if the stream cannot be read
     */
    byte @Nullable [] next() throws IOException, RefusedInputException;

    /** The index that the input gave to the last entry, 0 if it gave none. */
    default long index() {
        return 0;
    }

    /** Where the last entry began, for people: such as {@code app.log, line 12, byte 340}. */
    String place();

    /** Whether the input ended in the middle of a line. */
    default boolean endedWithoutNewline() {
        return false;
    }
}
