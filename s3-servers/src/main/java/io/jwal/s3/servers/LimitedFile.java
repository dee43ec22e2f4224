package io.jwal.s3.servers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The next bytes of a file, so many of them. */
final class LimitedFile extends FilterInputStream {
    private long remaining;

    LimitedFile(InputStream in, long length) {
        super(in);
        this.remaining = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int read = super.read(target, offset, (int) Math.min(length, remaining));
        remaining -= Math.max(read, 0);
        return read;
    }
}
