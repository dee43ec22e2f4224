package io.jwal.core.recovery;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Checks;
import io.jwal.core.format.Layout;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.segment.GrowingIndex;
import io.jwal.core.segment.IndexEncoder;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a segment, made batch by batch. */
final class BuiltSegment {
    private static final int ENTRY_BYTES = 20;

    final SegmentId id;
    private final long salt;
    private final GrowingIndex index = new GrowingIndex();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    BuiltSegment(int sequence) {
        id = new SegmentId(2, sequence);
        salt = 1_000 + sequence;
        bytes.writeBytes(new SegmentHeader(id, 0, salt).encode().array());
    }

    /** How long it is so far. */
    int size() {
        return bytes.size();
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    LogManifest.Segment named() {
        return LogManifest.Segment.open(id, salt);
    }

    /** As it is named once it is sealed, and holds entries 1 to the last. */
    LogManifest.Segment namedSealed(long last) {
        return new LogManifest.Segment(id, salt, LogManifest.State.SEALED, 1, last, size(), 0, 0);
    }

    /** A batch of entries of 20 bytes. */
    BuiltSegment batch(long first, int count, long durable, long time) {
        ByteBuffer body = ByteBuffer.allocate(count * (Layout.ENTRY_HEADER_BYTES + ENTRY_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        index.beginBatch(first, time, size());
        for (long i = first; i < first + count; i++) {
            byte[] content = new byte[ENTRY_BYTES];
            content[0] = (byte) i;
            index.addEntry(size() + BatchHeader.BYTES + body.position());
            body.putInt(ENTRY_BYTES)
                    .putInt(Checks.check(content, 0, ENTRY_BYTES, salt, i))
                    .put(content);
        }
        byte[] header = new byte[BatchHeader.BYTES];
        new BatchHeader(Checks.crc(body.flip()), body.limit(), count, first, durable, time)
                .encode(header, salt, size());
        bytes.writeBytes(header);
        bytes.writeBytes(body.array());
        zeros(Layout.align(size()) - size());
        index.endBatch(size());
        return this;
    }

    /** A batch whose header verifies and whose body does not. */
    BuiltSegment hurtBatch(long first, int count, long durable) {
        batch(first, count, durable, 0);
        byte[] all = bytes();
        all[all.length - ENTRY_BYTES - 4] ^= 1;
        return raw(all);
    }

    /** Other bytes instead of all so far. */
    BuiltSegment raw(byte[] instead) {
        bytes.reset();
        bytes.writeBytes(instead);
        return this;
    }

    BuiltSegment zeros(int count) {
        bytes.writeBytes(new byte[count]);
        return this;
    }

    BuiltSegment garbage(int count) {
        for (int i = 0; i < count; i++) {
            bytes.write(0xA5);
        }
        return this;
    }

    /** Index and trailer. */
    BuiltSegment sealed() throws IOException {
        IndexEncoder.encode(index, salt, piece -> {
            byte[] copy = new byte[piece.remaining()];
            piece.duplicate().get(copy);
            bytes.writeBytes(copy);
        });
        return this;
    }
}
