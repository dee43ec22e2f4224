package io.jwal.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. Safe for many threads; no call is disturbed by an interrupt. */
interface DiskFile extends AutoCloseable {
    /** The file's length in bytes. */
    long length() throws IOException;

    /** Reads up to {@code length} bytes; -1 at or past the end. */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /** Writes all the bytes, growing the file if need be. After a failure any part of them may be there. */
    void write(long position, byte[] source, int offset, int length) throws IOException;

    /**
     * Writes all the bytes and makes these bytes, and the length if it grew, durable. Covers no earlier write. Only of
     * a file that was opened by {@link Disk#create}.
     */
    void writeThrough(long position, byte[] source, int offset, int length) throws IOException;

    /** Makes all bytes written and the length durable. */
    void sync() throws IOException;

    /** Cuts the file off. */
    void truncate(long length) throws IOException;

    /**
     * Maps a range that lies within the file and stays within it, read-only. The memory is let go by the collector,
     * never by hand, so a buffer stays valid for as long as somebody holds it.
     */
    ByteBuffer map(long position, int length) throws IOException;

    @Override
    void close() throws IOException;
}
