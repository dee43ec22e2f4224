package io.jwal.cli.entry;

import io.jwal.cli.shell.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Each entry as it is, and a newline: after each, or only between them. */
final class LineOutput implements EntryOutput {
    private final Output out;
    private final boolean finalNewline;
    private boolean begun;

    LineOutput(Output out, boolean finalNewline) {
        this.out = out;
        this.finalNewline = finalNewline;
    }

    @Override
    public void write(long index, @Nullable Instant time, ByteBuffer content) throws IOException {
        if (!finalNewline && begun) {
            out.write('\n');
        }
        begun = true;
        out.write(content);
        if (finalNewline) {
            out.write('\n');
        }
    }
}
