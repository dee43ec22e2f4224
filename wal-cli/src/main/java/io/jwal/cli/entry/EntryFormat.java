package io.jwal.cli.entry;

import io.jwal.cli.shell.Output;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;

/** How entries look outside of a log. */
public enum EntryFormat {
    /** A line each. */
    LINES,
    /** Behind their length, 4 bytes, big-endian. */
    FRAMED,
    /** Behind their length, 4 bytes, little-endian. */
    FRAMED_LITTLE_ENDIAN,
    /** A JSON object each. */
    JSON,
    /** Nothing but their bytes. */
    BARE;

    /**
     * Reads entries.
     *
     * @param name what to call the input in messages
     * @param maxEntry the largest entry that is taken, in bytes
     */
    public EntryInput input(InputStream in, String name, long maxEntry) throws IOException {
        return switch (this) {
            case LINES -> new LineInput(in, name, maxEntry);
            case FRAMED -> new FramedInput(new BufferedInputStream(in), ByteOrder.BIG_ENDIAN, name, maxEntry);
            case FRAMED_LITTLE_ENDIAN ->
                new FramedInput(new BufferedInputStream(in), ByteOrder.LITTLE_ENDIAN, name, maxEntry);
            case JSON -> new JsonInput(in, name, maxEntry);
            case BARE -> new WholeInput(in, name, maxEntry);
        };
    }

    /**
     * Writes entries.
     *
     * @param finalNewline whether the last line ends with a newline, too
     */
    public EntryOutput output(Output out, boolean finalNewline) throws IOException {
        return switch (this) {
            case LINES -> new LineOutput(out, finalNewline);
            case FRAMED -> new FramedOutput(out, ByteOrder.BIG_ENDIAN);
            case FRAMED_LITTLE_ENDIAN -> new FramedOutput(out, ByteOrder.LITTLE_ENDIAN);
            case JSON -> new JsonOutput(out);
            case BARE -> (index, time, content) -> out.write(content);
        };
    }
}
