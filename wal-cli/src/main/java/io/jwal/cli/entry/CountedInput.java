package io.jwal.cli.entry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that were taken out of a stream. */
public final class CountedInput extends FilterInputStream {
    private long bytes;

    /** Counts from zero. */
    public CountedInput(InputStream in) {
        super(in);
    }

    /** How many bytes were read. */
    public long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        bytes += value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        bytes += Math.max(0, read);
        return read;
    }
}
