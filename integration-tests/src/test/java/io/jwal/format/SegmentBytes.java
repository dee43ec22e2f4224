package io.jwal.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A segment's bytes, to be looked at and forged: every checksum can be made right again after a change. */
public final class SegmentBytes {
    /** Length of the segment's header. */
    public static final int HEADER = 64;

    /** Length of a batch's header. */
    public static final int BATCH_HEADER = 40;

    /** Length of the trailer. */
    public static final int TRAILER = 80;

    private static final long END_MAGIC = 0x31444E454C41574AL;
    private static final int ENTRY_HEADER = 8;

    private final byte[] bytes;
    private final ByteBuffer in;

    /** These bytes; changes go through to them. */
    public SegmentBytes(byte[] bytes) {
        this.bytes = bytes;
        this.in = Bytes.of(bytes);
    }

    /** A batch that verifies. */
    public record Batch(int offset, int bodyBytes, int count, long firstIndex, long durableIndex, long time) {
        /** Where the next one would begin. */
        public int end() {
            return offset + Bytes.align(BATCH_HEADER + bodyBytes);
        }
    }

    /** The bytes. */
    public byte[] bytes() {
        return bytes;
    }

    /** The same, as integers. */
    public ByteBuffer in() {
        return in;
    }

    /** The salt. */
    public long salt() {
        return in.getLong(40);
    }

    /** The batches from the start, up to the first that does not verify in every respect. */
    public List<Batch> batches() {
        List<Batch> found = new ArrayList<>();
        for (int at = HEADER; at + BATCH_HEADER <= bytes.length && verifies(at); ) {
            Batch batch = batchAt(at);
            found.add(batch);
            at = batch.end();
        }
        return found;
    }

    private Batch batchAt(int at) {
        return new Batch(
                at,
                in.getInt(at + 8),
                in.getInt(at + 12),
                in.getLong(at + 16),
                in.getLong(at + 24),
                in.getLong(at + 32));
    }

    private boolean verifies(int at) {
        Batch batch = batchAt(at);
        int body = at + BATCH_HEADER;
        if (in.getInt(at) != Bytes.check(bytes, at + 4, BATCH_HEADER - 4, salt(), at)
                || body + batch.bodyBytes() > bytes.length
                || in.getInt(at + 4) != Bytes.crc(bytes, body, batch.bodyBytes())) {
            return false;
        }
        List<Integer> entries = entries(batch);
        for (int i = 0; i < entries.size(); i++) {
            int entry = entries.get(i);
            int check = Bytes.check(bytes, entry + ENTRY_HEADER, in.getInt(entry), salt(), batch.firstIndex() + i);
            if (in.getInt(entry + 4) != check) {
                return false;
            }
        }
        return true;
    }

    /** Where the entries of a batch begin. */
    public List<Integer> entries(Batch batch) {
        List<Integer> offsets = new ArrayList<>();
        int at = batch.offset() + BATCH_HEADER;
        for (int i = 0; i < batch.count(); i++) {
            offsets.add(at);
            at += ENTRY_HEADER + in.getInt(at);
        }
        return offsets;
    }

    /** Where the batches end. */
    public int end() {
        List<Batch> batches = batches();
        return batches.isEmpty() ? HEADER : batches.get(batches.size() - 1).end();
    }

    /** Whether there is a trailer that verifies. */
    public boolean isSealed() {
        int at = bytes.length - TRAILER;
        return at > HEADER
                && in.getLong(at) == END_MAGIC
                && in.getInt(at + 76) == Bytes.check(bytes, at, TRAILER - 4, salt(), at)
                && in.getInt(at + 56) == Bytes.crc(bytes, indexOffset(), at - indexOffset());
    }

    /** Where the trailer begins. */
    public int trailerAt() {
        return bytes.length - TRAILER;
    }

    /** Where the index begins, as the trailer says. */
    public int indexOffset() {
        return in.getInt(trailerAt() + 48);
    }

    /** Makes the segment header's checksum right. */
    public SegmentBytes fixHeader() {
        in.putInt(60, Bytes.crc(bytes, 0, 60));
        return this;
    }

    /** Makes the checksum of a batch's body right, for a length given, as far as the segment reaches. */
    public SegmentBytes fixBody(int batch, int bodyBytes) {
        int body = batch + BATCH_HEADER;
        in.putInt(batch + 4, Bytes.crc(bytes, body, Math.max(0, Math.min(bodyBytes, bytes.length - body))));
        return this;
    }

    /** Makes a batch header's check right. */
    public SegmentBytes fixBatchHeader(int batch) {
        in.putInt(batch, Bytes.check(bytes, batch + 4, BATCH_HEADER - 4, salt(), batch));
        return this;
    }

    /** Makes index checksum and trailer check right. The trailer's check is taken for the place it stands at. */
    public SegmentBytes fixTrailer(int indexFrom) {
        int at = trailerAt();
        in.putInt(at + 56, Bytes.crc(bytes, indexFrom, at - indexFrom));
        in.putInt(at + 76, Bytes.check(bytes, at, TRAILER - 4, salt(), at));
        return this;
    }
}
