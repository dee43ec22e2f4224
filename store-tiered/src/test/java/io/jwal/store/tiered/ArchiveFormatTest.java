package io.jwal.store.tiered;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.UnsupportedFormatException;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.Version;
import io.jwal.store.tiered.blocks.Encoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The bytes of the registers, which every later version has to read. */
class ArchiveFormatTest {
    private static final UUID ID = new UUID(0x0102030405060708L, 0x090A0B0C0D0E0F10L);
    private static final LogManifest.Segment SEALED =
            new LogManifest.Segment(new SegmentId(3, 1), 7, LogManifest.State.SEALED, 1, 5, 4_096, 1_000, 2_000);
    private static final LogManifest.Segment OPEN =
            new LogManifest.Segment(new SegmentId(3, 2), 8, LogManifest.State.OPEN, 6, 9, 600, 2_000, 2_500);
    private static final ArchiveManifest ARCHIVE = new ArchiveManifest(
            12,
            ID,
            1,
            new LogManifest(3, 1, 5, 0, List.of(), List.of(SEALED, LogManifest.Segment.open(OPEN.id(), OPEN.salt()))),
            ByteBuffer.wrap(new byte[] {1, 2, 3}).asReadOnlyBuffer(),
            List.of(
                    new Copy(
                            SEALED,
                            List.of(new Copy.Piece(new SegmentId(11, 4), 4_096, "ab".repeat(32), Encoding.PLAIN))),
                    new Copy(
                            OPEN,
                            List.of(
                                    new Copy.Piece(new SegmentId(12, 1), 400, "01".repeat(32), Encoding.PLAIN),
                                    new Copy.Piece(new SegmentId(12, 2), 200, "02".repeat(32), Encoding.PLAIN)))));

    /** The same, with a piece each in the clear, in blocks, and encrypted. */
    private static final ArchiveManifest IN_BLOCKS = new ArchiveManifest(
            ARCHIVE.epoch(),
            ID,
            1,
            ARCHIVE.image(),
            ARCHIVE.state(),
            List.of(
                    new Copy(
                            SEALED,
                            List.of(new Copy.Piece(new SegmentId(11, 4), 4_096, "ab".repeat(32), Encoding.PLAIN))),
                    new Copy(
                            OPEN,
                            List.of(
                                    new Copy.Piece(new SegmentId(12, 1), 400, "01".repeat(32), new Encoding(true, "")),
                                    new Copy.Piece(
                                            new SegmentId(12, 2),
                                            200,
                                            "02".repeat(32),
                                            new Encoding(true, "key-1"))))));

    private static final String HOT_ID = "4a574c484f494431" + "01000000" + "2c000000" + "0807060504030201"
            + "100f0e0d0c0b0a09" + "01000000" + "00000000" + "66bcd018";

    private static Register register(byte[] content) {
        return new Register(new Version("1"), ByteBuffer.wrap(content));
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    @Test
    void theHotIdIsWrittenAsThePageSays() throws StoreCorruptException {
        byte[] written = bytes(new HotId(ID, HotId.Standing.ATTACHED).encode());
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(HOT_ID);
        assertThat(HotId.decode(register(written))).isEqualTo(new HotId(ID, HotId.Standing.ATTACHED));
    }

    @Test
    void theArchivesManifestIsWrittenAsThePageSays() throws StoreCorruptException {
        byte[] written = bytes(ARCHIVE.encode());
        ByteBuffer in = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(written, 0, 8, US_ASCII)).isEqualTo("JWLARCH1");
        assertThat(in.getInt(8)).isEqualTo(1);
        assertThat(in.getInt(12)).isEqualTo(written.length);
        assertThat(in.getLong(16)).isEqualTo(12);
        assertThat(in.getLong(24)).isEqualTo(ID.getMostSignificantBits());
        assertThat(in.getLong(40)).isEqualTo(1);
        int image = in.getInt(48);
        assertThat(LogManifest.decode(in.slice(52, image))).isEqualTo(ARCHIVE.image());
        assertThat(in.getInt(52 + image)).isEqualTo(3);
        assertThat(in.getInt(52 + image + 4 + 3)).isEqualTo(2);
        int copy = 12 + 4 + 6 * 8 + 4;
        assertThat(written).hasSize(52 + image + 4 + 3 + 4 + 2 * copy + 3 * (12 + 8 + 32) + 4);
        assertThat(ArchiveManifest.decode(register(written))).isEqualTo(ARCHIVE);
        assertThat(ARCHIVE.lastIndex()).isEqualTo(9);
        assertThat(ARCHIVE.lastTime()).isEqualTo(2_500);
    }

    @Test
    void piecesInBlocksAreWrittenAsThePageSays() throws StoreCorruptException {
        byte[] plain = bytes(ARCHIVE.encode());
        byte[] written = bytes(IN_BLOCKS.encode());
        ByteBuffer in = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(in.getInt(8)).isEqualTo(2);
        assertThat(written).hasSize(plain.length + 3 * 8 + 5);
        int last = written.length - 4 - 5;
        assertThat(new String(written, last, 5, US_ASCII)).isEqualTo("key-1");
        assertThat(in.getInt(last - 4)).isEqualTo(5);
        assertThat(in.getInt(last - 8)).isEqualTo(1);
        assertThat(ArchiveManifest.decode(register(written))).isEqualTo(IN_BLOCKS);
        assertThat(IN_BLOCKS.keysInUse()).isEqualTo(Map.of("key-1", 1));
    }

    @Test
    void noBitAndNoByteOfARegisterIsMissedWhenItIsHurt() {
        for (byte[] whole : List.of(
                bytes(ARCHIVE.encode()),
                bytes(IN_BLOCKS.encode()),
                bytes(new HotId(ID, HotId.Standing.NEW).encode()))) {
            boolean archive = whole[3] == 'A';
            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] hurt = whole.clone();
                hurt[bit / 8] ^= (byte) (1 << bit % 8);
                assertRefused(archive, hurt);
            }
            for (int length = 0; length < whole.length; length++) {
                assertRefused(archive, Arrays.copyOf(whole, length));
            }
        }
    }

    private static void assertRefused(boolean archive, byte[] hurt) {
        assertThatThrownBy(() -> {
                    if (archive) {
                        ArchiveManifest.decode(register(hurt));
                    } else {
                        HotId.decode(register(hurt));
                    }
                })
                .isInstanceOf(StoreCorruptException.class)
                .hasMessageContaining(archive ? "tiered-archive" : "tiered-hot-id");
    }

    @Test
    void forgedCountsAreRefusedBeforeMemoryIsTaken() {
        byte[] whole = bytes(IN_BLOCKS.encode());
        for (int at = 16; at < whole.length - 4; at++) {
            byte[] forged = whole.clone();
            ByteBuffer out = ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN);
            if (at + 8 <= whole.length) {
                out.putInt(at, Integer.MAX_VALUE);
            }
            seal(out, whole.length);
            try {
                ArchiveManifest.decode(register(forged));
            } catch (StoreCorruptException e) {
                assertThat(e).hasMessageContaining("tiered-archive");
            }
        }
    }

    @Test
    void aNewerVersionIsRefused() {
        ByteBuffer out = ByteBuffer.wrap(bytes(ARCHIVE.encode())).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(8, 3);
        seal(out, out.capacity());
        assertThatThrownBy(() -> ArchiveManifest.decode(register(out.array())))
                .isInstanceOf(UnsupportedFormatException.class);
    }

    private static void seal(ByteBuffer out, int length) {
        CRC32C crc = new CRC32C();
        crc.update(out.slice(0, length - 4));
        out.putInt(length - 4, (int) crc.getValue());
    }
}
