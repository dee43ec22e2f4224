package io.jwal.fuzz;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Checks;
import io.jwal.core.format.Layout;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.format.Trailer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes checksums right, so that a fuzzer gets behind them: no mutation of a few bytes ever does. What the fields say is
 * left as it is.
 */
public final class Repair {
    private final byte[] bytes;
    private final ByteBuffer in;

    /** Of these bytes, which are changed. */
    public Repair(byte[] bytes) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The checksum of a segment's header. */
    Repair header() {
        if (bytes.length >= SegmentHeader.BYTES) {
            in.putInt(60, Checks.crc(bytes, 0, 60));
        }
        return this;
    }

    /** All checksums of the batches, as far as their lengths lead. */
    Repair batches(long salt) {
        int at = SegmentHeader.BYTES;
        while (at + BatchHeader.BYTES <= bytes.length) {
            int body = at + BatchHeader.BYTES;
            int bodyBytes = in.getInt(at + 8);
            if (bodyBytes < 0 || bodyBytes > bytes.length - body) {
                break;
            }
            entries(body, body + bodyBytes, in.getLong(at + 16), salt);
            in.putInt(at + 4, Checks.crc(bytes, body, bodyBytes));
            in.putInt(at, Checks.check(bytes, at + 4, BatchHeader.BYTES - 4, salt, at));
            at = (int) Math.min(bytes.length, Layout.align((long) body + bodyBytes));
        }
        return this;
    }

    private void entries(int from, int end, long first, long salt) {
        long index = first;
        for (int at = from; at + Layout.ENTRY_HEADER_BYTES <= end; index++) {
            int length = in.getInt(at);
            int content = at + Layout.ENTRY_HEADER_BYTES;
            if (length < 0 || length > end - content) {
                return;
            }
            in.putInt(at + 4, Checks.check(bytes, content, length, salt, index));
            at = content + length;
        }
    }

    /** Of the index and the trailer, as far as the trailer says where they are. */
    Repair trailer(long salt) {
        int at = bytes.length - Trailer.BYTES;
        if (at < SegmentHeader.BYTES) {
            return this;
        }
        int index = in.getInt(at + 48);
        if (index >= 0 && index <= at) {
            in.putInt(at + 56, Checks.crc(bytes, index, at - index));
        }
        in.putInt(at + 76, Checks.check(bytes, at, 76, salt, at));
        return this;
    }

    /** Of a register that begins with magic, version and length, and ends with its checksum. */
    public Repair register(int from, int length) {
        if (from >= 0 && length >= 20 && from <= bytes.length - length) {
            in.putInt(from + 12, length);
            in.putInt(from + length - 4, Checks.crc(bytes, from, length - 4));
        }
        return this;
    }
}
