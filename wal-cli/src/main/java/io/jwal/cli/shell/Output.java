package io.jwal.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Standard output: binary, buffered, and with errors that nobody can overlook. ({@link java.io.PrintStream} keeps them to
 * itself, and a full disk would look like success.) Text is UTF-8 whatever the locale.
 */
public final class Output extends OutputStream {
    private static final int BYTES = 64 << 10;

    private final OutputStream target;
    private final byte[] buffer = new byte[BYTES];
    private int used;

    /** Buffers for a stream. */
    public Output(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
        if (used == buffer.length) {
            drain();
        }
        buffer[used++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    /** Writes all bytes from position to limit. */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (used == buffer.length) {
                drain();
            }
            int length = Math.min(bytes.remaining(), buffer.length - used);
            bytes.get(buffer, used, length);
            used += length;
        }
    }

    /** Writes a line of text. */
    public void line(String text) throws IOException {
        write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        write('\n');
    }

    @Override
    public void flush() throws IOException {
        drain();
        try {
            target.flush();
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private void drain() throws IOException {
        int length = used;
        used = 0; // what could not be written is not tried again at the end
        if (length == 0) {
            return;
        }
        try {
            target.write(buffer, 0, length);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** The JDK has no type for a closed pipe, only the system's words. */
    private static IOException explained(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("broken pipe")
                || message.contains("pipe is being closed")
                || message.contains("pipe closed")) {
            return new ClosedOutputException(failure);
        }
        return new IOException("cannot write to standard output: " + failure.getMessage(), failure);
    }
}
