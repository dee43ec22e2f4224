package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.Checks;
import io.jwal.core.format.Layout;
import io.jwal.core.segment.GrowingIndex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is gathered is what the format says, in as few pieces as can be. */
class BatchBufferTest {
    private static final long FIRST = 41;
    private static final long SALT = 7;
    private static final int OFFSET = 64;

    private final Random random = new Random(3);
    private final BatchBuffer buffer = new BatchBuffer();
    private final List<byte[]> contents = new ArrayList<>();

    @Test
    void smallCallsShareOnePiece() {
        call(1, 100);
        call(0);
        call(3_000, 5);

        assertThat(encoded()).hasSize(1);
    }

    @Test
    void aLargeCallIsOnePiece() {
        call(140_000);

        assertThat(encoded()).hasSize(1);
    }

    @Test
    void whatComesBehindALargeCallShares() {
        call(140_000);
        call(10);

        assertThat(encoded()).hasSize(1);
    }

    @Test
    void aLargeCallBehindASmallOneIsTheSecondPiece() {
        call(10);
        call(100_000, 100_000);

        assertThat(encoded()).hasSize(2);
    }

    @Test
    void aCallThatFitsNoUsualChunkGetsItsOwn() {
        call(3 << 20);
        call(1 << 20);
        call(1);

        assertThat(encoded()).hasSizeBetween(2, 3);
    }

    @Test
    void itIsFilledAgainAfterAnyBatch() {
        for (int size : new int[] {3 << 20, 10, 140_000, 65_000, 66_000, 1 << 20, 1}) {
            call(size);
            encoded();
            buffer.reset();
            contents.clear();
        }
    }

    private void call(int... sizes) {
        long total = 0;
        List<byte[]> made = new ArrayList<>();
        for (int size : sizes) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            made.add(content);
            total += size;
        }
        BatchBuffer.Place place = buffer.reserve(sizes.length, total);
        int at = place.at();
        for (byte[] content : made) {
            at = BatchBuffer.fill(place, at, content, 0, content.length);
        }
        contents.addAll(made);
    }

    /** The pieces, once they were found to be the batch of the contents. */
    private ByteBuffer[] encoded() {
        GrowingIndex index = new GrowingIndex();
        index.beginBatch(FIRST, 5, OFFSET);
        ByteBuffer[] pieces = buffer.encode(FIRST, 40, 5, SALT, OFFSET, index);
        ByteBuffer batch = ByteBuffer.allocate((int) buffer.paddedBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (ByteBuffer piece : pieces) {
            batch.put(piece.duplicate());
        }
        assertThat(batch.hasRemaining()).isFalse();
        index.endBatch(OFFSET + batch.capacity());

        BatchHeader header = BatchHeader.decode(batch, 0, SALT, OFFSET);
        assertThat(header).isNotNull();
        assertThat(header.count()).isEqualTo(contents.size());
        assertThat(header.bodyCrc()).isEqualTo(Checks.crc(batch.slice(BatchHeader.BYTES, header.bodyBytes())));
        for (int i = 0; i < contents.size(); i++) {
            assertEntry(batch, index.offset(FIRST + i) - OFFSET, FIRST + i, contents.get(i));
        }
        return pieces;
    }

    private static void assertEntry(ByteBuffer batch, int at, long index, byte[] content) {
        assertThat(batch.getInt(at)).isEqualTo(content.length);
        assertThat(batch.getInt(at + Integer.BYTES)).isEqualTo(Checks.check(content, 0, content.length, SALT, index));
        assertThat(batch.slice(at + Layout.ENTRY_HEADER_BYTES, content.length)).isEqualTo(ByteBuffer.wrap(content));
    }

    /** The first chunk has 64 KiB, of which 8 are kept for padding. */
    @Test
    void whatFitsTheFirstChunkToTheByteIsNotLaidElsewhere() {
        int room = (64 << 10) - 8 - BatchHeader.BYTES - 2 * Layout.ENTRY_HEADER_BYTES - 10;
        for (int over = -20; over <= 20; over++) {
            call(10);
            call(room + over);
            assertThat(encoded()).hasSize(over <= 0 ? 1 : 2);
            buffer.reset();
            contents.clear();
        }
    }

    @Test
    void aUsualChunkIsUsedAgainForWhatFits() {
        int room = (1 << 20) - 8 - BatchHeader.BYTES - Layout.ENTRY_HEADER_BYTES;
        for (int over = -20; over <= 20; over++) {
            call(100_000); // leaves a chunk of the usual size
            encoded();
            buffer.reset();
            contents.clear();
            call(room + over);
            encoded();
            buffer.reset();
            contents.clear();
        }
    }

    @Test
    void theSecondPieceIsEmptyWhenItIsFilledAgain() {
        for (int i = 0; i < 3; i++) {
            call(10);
            call(100_000);
            assertThat(encoded()).hasSize(2);
            buffer.reset();
            contents.clear();
        }
    }
}
