package io.jwal.cli.entry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Each line is an entry, without its newline (0x0A); everything else is content, a carriage return and bytes that are no
 * text included. What follows the last newline is an entry if it is not empty.
 */
final class LineInput implements EntryInput {
    private static final int BUFFER = 64 << 10;
    private static final int FIRST_LONG_LINE = 4 * BUFFER;

    private final InputStream in;
    private final String name;
    private final long maxEntry;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long bufferOffset;
    private long line;
    private long lineOffset;
    private boolean unfinished;

    LineInput(InputStream in, String name, long maxEntry) {
        this.in = in;
        this.name = name;
        this.maxEntry = maxEntry;
    }

    @Override
    public byte @Nullable [] next() throws IOException, RefusedInputException {
        if (position == limit && !fill()) {
            return null;
        }
        line++;
        lineOffset = bufferOffset + position;
        int end = newline();
        return end < limit ? take(end) : gather();
    }

    /** Where the line in the buffer ends: at a newline, or at the end of the buffer. */
    private int newline() {
        int at = position;
        while (at < limit && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private byte[] take(int end) throws RefusedInputException {
        checkLength((long) end - position);
        byte[] content = Arrays.copyOfRange(buffer, position, end);
        position = end + 1;
        return content;
    }

    /** A line that goes on behind the buffer. */
    private byte[] gather() throws IOException, RefusedInputException {
        byte[] content = new byte[FIRST_LONG_LINE];
        int length = 0;
        while (true) {
            int end = newline();
            int piece = end - position;
            checkLength((long) length + piece);
            if (piece > content.length - length) {
                content = Arrays.copyOf(content, (int) Math.min(maxEntry, content.length * 2L));
            }
            System.arraycopy(buffer, position, content, length, piece);
            length += piece;
            position = Math.min(end + 1, limit);
            if (end < limit) {
                return Arrays.copyOf(content, length);
            }
            if (!fill()) {
                unfinished = true;
                return Arrays.copyOf(content, length);
            }
        }
    }

    private void checkLength(long length) throws RefusedInputException {
        if (length > maxEntry) {
            throw RefusedInputException.tooLarge(place(), "the line is longer", maxEntry);
        }
    }

    private boolean fill() throws IOException {
        bufferOffset += limit;
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    @Override
    public String place() {
        return name + ", line " + line + ", byte " + lineOffset;
    }

    @Override
    public boolean endedWithoutNewline() {
        return unfinished;
    }
}
