package io.jwal.s3.servers.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of known length. Closing it leaves the connection open. */
final class FixedBody extends InputStream {
    private final InputStream in;
    private long remaining;

    FixedBody(InputStream in, long length) {
        this.in = in;
        this.remaining = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (remaining == 0) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw new EOFException("the body ends " + remaining + " bytes early");
        }
        remaining -= read;
        return read;
    }
}
