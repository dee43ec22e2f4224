package io.jwal.core.commit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Layout;
import io.jwal.core.segment.GrowingIndex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Batches for tests. */
final class Batches {
    private Batches() {}

    /** A batch of one entry, as nobody else fills it any more. */
    static PendingBatch of(long index) {
        BatchBuffer buffer = new BatchBuffer();
        Contents contents = Contents.of(("e" + index).getBytes(UTF_8));
        contents.fill(buffer.reserve(contents.count(), contents.bytes()));
        return new PendingBatch(buffer, index);
    }

    /** What a batch that was not encoded yet holds, as text. */
    static List<String> entries(BatchBuffer buffer) {
        GrowingIndex index = new GrowingIndex();
        index.beginBatch(1, 0, 0);
        ByteBuffer bytes = ByteBuffer.allocate((int) buffer.paddedBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (ByteBuffer piece : buffer.encode(1, 0, 0, 0, 0, index)) {
            bytes.put(piece);
        }
        List<String> entries = new ArrayList<>();
        int at = BatchHeader.BYTES;
        for (int i = 0; i < buffer.entries(); i++) {
            int length = bytes.getInt(at);
            entries.add(new String(bytes.array(), at + Layout.ENTRY_HEADER_BYTES, length, UTF_8));
            at += Layout.ENTRY_HEADER_BYTES + length;
        }
        return entries;
    }
}
