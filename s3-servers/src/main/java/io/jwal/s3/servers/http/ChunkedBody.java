package io.jwal.s3.servers.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body in chunks, each behind its length: HTTP's {@code chunked}, and {@code aws-chunked} as well, whose signatures are
 * extensions of chunks. Closing it leaves what it reads from open.
 */
public final class ChunkedBody extends InputStream {
    private final InputStream in;
    private long remaining;
    private boolean begun;
    private boolean ended;
    private final HttpHeaders trailers = new HttpHeaders();

    /**
     * A body at its first chunk.
     *
     * @param in what is read
     */
    public ChunkedBody(InputStream in) {
        this.in = in;
    }

    /**
     * What came after the last chunk.
     *
     * @return complete once the body has been read to its end
     */
    public HttpHeaders trailers() {
        return trailers;
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
        if (remaining == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw new EOFException("the body ends within a chunk");
        }
        remaining -= read;
        return read;
    }

    private void nextChunk() throws IOException {
        if (begun) {
            line();
        }
        begun = true;
        String size = line().split(";", 2)[0].strip();
        try {
            remaining = Long.parseLong(size, 16);
        } catch (NumberFormatException e) {
            throw new IOException("no length of a chunk: " + size, e);
        }
        if (remaining == 0) {
            ended = true;
            HttpWire.readHeaders(in, trailers);
        }
    }

    private String line() throws IOException {
        String line = HttpWire.readLine(in);
        if (line == null) {
            throw new EOFException("the body ends before its last chunk");
        }
        return line;
    }
}
