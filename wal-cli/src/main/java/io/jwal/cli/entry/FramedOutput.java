package io.jwal.cli.entry;

import io.jwal.cli.shell.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Each entry behind its length, an integer of 4 bytes. */
final class FramedOutput implements EntryOutput {
    private final Output out;
    private final ByteBuffer prefix;

    FramedOutput(Output out, ByteOrder order) {
        this.out = out;
        this.prefix = ByteBuffer.allocate(Integer.BYTES).order(order);
    }

    @Override
    public void write(long index, @Nullable Instant time, ByteBuffer content) throws IOException {
        out.write(prefix.clear().putInt(content.remaining()).flip());
        out.write(content);
    }
}
