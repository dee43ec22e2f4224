package io.jwal.cli.entry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Each entry follows its length, an integer of 4 bytes. */
final class FramedInput implements EntryInput {
    private final InputStream in;
    private final ByteOrder order;
    private final String name;
    private final long maxEntry;
    private long entry;
    private long offset;
    private long nextOffset;

    FramedInput(InputStream in, ByteOrder order, String name, long maxEntry) {
        this.in = in;
        this.order = order;
        this.name = name;
        this.maxEntry = maxEntry;
    }

    @Override
    public byte @Nullable [] next() throws IOException, RefusedInputException {
        byte[] prefix = in.readNBytes(Integer.BYTES);
        if (prefix.length == 0) {
            return null;
        }
        entry++;
        offset = nextOffset;
        if (prefix.length < Integer.BYTES) {
            throw new RefusedInputException(place(), "the input ends in the middle of a length; it was cut short");
        }
        long length =
                Integer.toUnsignedLong(ByteBuffer.wrap(prefix).order(order).getInt());
        if (length > maxEntry) {
            throw RefusedInputException.tooLarge(
                    place(),
                    "its length, " + length + ", is more (if that is no length at all, is the input "
                            + (order == ByteOrder.BIG_ENDIAN ? "--framed-le" : "--framed")
                            + " or no frames?)",
                    maxEntry);
        }
        byte[] content = in.readNBytes((int) length);
        if (content.length < length) {
            throw new RefusedInputException(
                    place(),
                    "the input ends after " + content.length + " of the " + length + " bytes of this entry; it was cut"
                            + " short");
        }
        nextOffset = offset + Integer.BYTES + length;
        return content;
    }

    @Override
    public String place() {
        return name + ", entry " + entry + ", byte " + offset;
    }
}
