package io.jwal.cli.entry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes entries to standard output, one after the other. Flushing is the caller's. */
public interface EntryOutput {
    /**
     * Writes an entry.
     *
     * @param index its index
     * @param time when it was committed, or null if that is not known
     * @param content its content; consumed
     */
    void write(long index, @Nullable Instant time, ByteBuffer content) throws IOException;
}
