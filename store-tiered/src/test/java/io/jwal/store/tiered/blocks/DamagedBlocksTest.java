package io.jwal.store.tiered.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.UnsupportedFormatException;
import io.jwal.store.SegmentId;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreException;
import io.jwal.store.tiered.blocks.BlockIndex.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a segment of blocks, wrong bytes are never read, and memory is never taken on its word. */
class DamagedBlocksTest {
    private static final int BLOCK = Stored.BLOCK;
    private static final int LENGTH = 5 * BLOCK + 9;
    private static final int FOOTER = 28;

    static Stream<Arguments> codecs() {
        return BlocksTest.codecs().filter(codec -> codec.get()[0] != Compression.NONE || encrypts(codec));
    }

    private static boolean encrypts(Arguments codec) {
        return !((KeyRing) codec.get()[1]).current().isEmpty();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("codecs")
    void noBitThatIsHurtIsMissed(Compression compression, KeyRing keys) throws IOException {
        Codec codec = Stored.codec(compression, keys);
        byte[] stored = Stored.write(codec, Stored.content(LENGTH));
        for (int bit = 0; bit < stored.length * 8; bit++) {
            byte[] hurt = stored.clone();
            hurt[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Stored.read(codec, hurt, LENGTH))
                    .as("bit %d of byte %d of %d", bit % 8, bit / 8, stored.length)
                    .isInstanceOf(StoreCorruptException.class);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("codecs")
    void noLengthButItsOwnIsAccepted(Compression compression, KeyRing keys) throws IOException {
        Codec codec = Stored.codec(compression, keys);
        byte[] stored = Stored.write(codec, Stored.content(LENGTH));
        for (int length = 0; length < stored.length + 100; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            if (length != stored.length) {
                assertThatThrownBy(() -> Stored.read(codec, cut, LENGTH))
                        .as("%d bytes of %d", length, stored.length)
                        .isInstanceOf(StoreCorruptException.class);
            }
        }
    }

    /** A block that is hurt harms no other. */
    @Test
    void theOtherBlocksAreRead() throws IOException {
        Codec codec = Stored.codec(Compression.NONE, Stored.keys(1));
        byte[] content = Stored.content(LENGTH);
        byte[] stored = Stored.write(codec, content);
        stored[headerBytes(stored) + 2 * (BLOCK + 16) + 5] ^= 1;
        try (var reader = codec.open(new Stored(stored), Stored.extent(LENGTH), codec.encoding())) {
            for (int block = 0; block < 6; block++) {
                int from = block * BLOCK;
                if (block == 2) {
                    assertThatThrownBy(() -> reader.slice(from, 9))
                            .isInstanceOf(StoreCorruptException.class)
                            .hasMessageContaining("block 2 of segment 0000000000000007-00000002 of the archive")
                            .hasMessageContaining("bytes 1128 to 1191 of segment 0000000000000003-00000001 of the log");
                } else {
                    byte[] part = new byte[9];
                    reader.slice(from, 9).get(part);
                    assertThat(part).isEqualTo(Arrays.copyOfRange(content, from, from + 9));
                }
            }
        }
    }

    private static int headerBytes(byte[] stored) {
        return ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    }

    /** A segment of two whole blocks, each as it is given, under right checksums. */
    private static byte[] forged(Compression compression, byte[]... blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BlockHeader header = BlockHeader.begin(
                Stored.extent((long) blocks.length * BLOCK), compression, BLOCK, Stored.keys(), new SecureRandom());
        BlockIndex index = new BlockIndex(header);
        ExtentWriter.Sink sink = Stored.sink(out);
        sink.write(header.encoded().duplicate());
        for (byte[] block : blocks) {
            index.add(block.length, Form.COMPRESSED, BlockHeader.crc(ByteBuffer.wrap(block)));
            sink.write(ByteBuffer.wrap(block));
        }
        sink.write(index.encode());
        return out.toByteArray();
    }

    /** As short as it goes. */
    private static byte[] compressed(Compression compression, int zeros) {
        byte[] from = new byte[zeros];
        byte[] to = new byte[zeros];
        if (compression == Compression.ZSTD) {
            return Arrays.copyOf(to, compression.compress(from, zeros, to));
        }
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(from);
        deflater.finish();
        int length = deflater.deflate(to);
        deflater.end();
        return Arrays.copyOf(to, length);
    }

    @Test
    void aBombDoesNotGoOff() throws IOException {
        for (Compression compression : List.of(Compression.DEFLATE, Compression.ZSTD)) {
            byte[] good = compressed(compression, BLOCK);
            int most = compression == Compression.DEFLATE ? 40_000 : 1_000_000;
            for (int zeros : new int[] {BLOCK - 1, BLOCK + 1, 2 * BLOCK, most}) {
                byte[] bomb = compressed(compression, zeros);
                assertThat(bomb).as("has to look like a block").hasSizeLessThan(BLOCK);
                byte[] stored = forged(compression, good, bomb);
                assertThatThrownBy(() -> Stored.read(Stored.codec(compression, Stored.keys()), stored, 2 * BLOCK))
                        .as("%s of %d zeros", compression, zeros)
                        .isInstanceOf(StoreCorruptException.class)
                        .hasMessageContaining("block 1 of segment");
            }
            byte[] sound = forged(compression, good, good);
            assertThat(Stored.read(Stored.codec(compression, Stored.keys()), sound, 2 * BLOCK))
                    .isEqualTo(new byte[2 * BLOCK]);
            byte[] longer = forged(compression, good, Arrays.copyOf(good, good.length + 1));
            assertThatThrownBy(() -> Stored.read(Stored.codec(compression, Stored.keys()), longer, 2 * BLOCK))
                    .as("%s and a byte more", compression)
                    .isInstanceOf(StoreCorruptException.class);
        }
    }

    @Test
    void noiseIsNoCompressedBlock() throws IOException {
        Random random = new Random(5);
        for (Compression compression : List.of(Compression.DEFLATE, Compression.ZSTD)) {
            for (int i = 0; i < 2_000; i++) {
                byte[] noise = new byte[1 + random.nextInt(BLOCK - 1)];
                random.nextBytes(noise);
                byte[] stored = forged(compression, noise);
                assertThatThrownBy(() -> Stored.read(Stored.codec(compression, Stored.keys()), stored, BLOCK))
                        .isInstanceOf(StoreCorruptException.class);
            }
        }
        assertThatThrownBy(() -> Stored.read(
                        Stored.codec(Compression.DEFLATE, Stored.keys()),
                        forged(Compression.NONE, new byte[BLOCK - 1]),
                        BLOCK))
                .isInstanceOf(StoreCorruptException.class);
    }

    /** Every integer of header and index, under right checksums. */
    @Test
    void whatIsForgedIsRefusedOrHarmless() throws IOException {
        for (KeyRing keys : List.of(Stored.keys(), Stored.keys(1))) {
            Codec codec = Stored.codec(Compression.DEFLATE, keys);
            byte[] content = Stored.content(LENGTH);
            byte[] stored = Stored.write(codec, content);
            int header = headerBytes(stored);
            int index = stored.length - FOOTER - 6 * 12;
            for (int at = 0; at <= stored.length - 4; at++) {
                for (int value : new int[] {0, 1, -1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE, 65, 1 << 20}) {
                    if (at <= header - 8 || at >= index && at <= stored.length - 8) {
                        byte[] forged = stored.clone();
                        ByteBuffer out = ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN);
                        out.putInt(at, value);
                        seal(out, 0, header);
                        seal(out, index, stored.length);
                        assertHarmless(codec, forged, content);
                    }
                }
            }
        }
    }

    private static void seal(ByteBuffer out, int from, int to) {
        out.putInt(to - 4, BlockHeader.crc(out.slice(from, to - from - 4)));
    }

    private static void assertHarmless(Codec codec, byte[] forged, byte[] content) throws IOException {
        try {
            assertThat(Stored.read(codec, forged, content.length)).isEqualTo(content);
        } catch (StoreException | UnsupportedFormatException e) {
            assertThat(e).hasMessageContaining("archive");
        }
    }

    /** Whoever can compute checksums, but has not the key, can exchange nothing. */
    @Test
    void encryptedBlocksFitNowhereElse() throws IOException {
        Codec codec = Stored.codec(Compression.NONE, Stored.keys(1));
        byte[] content = Stored.content(4 * BLOCK);
        byte[] stored = Stored.write(codec, content);
        byte[] other = Stored.write(codec, new Extent(Stored.PIECE, Stored.SEGMENT, 99, 1_000, 4 * BLOCK), content);
        int block = BLOCK + 16;
        int first = headerBytes(stored);

        byte[] swapped = stored.clone();
        System.arraycopy(stored, first, swapped, first + block, block);
        System.arraycopy(stored, first + block, swapped, first, block);
        byte[] foreign = stored.clone();
        System.arraycopy(other, first, foreign, first, block);
        byte[] repeated = stored.clone();
        System.arraycopy(stored, first, repeated, first + block, block);
        byte[] otherKey = stored.clone();
        System.arraycopy(other, 0, otherKey, 0, first);
        for (byte[] changed : List.of(swapped, foreign, repeated, otherKey)) {
            ByteBuffer out = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
            int index = stored.length - FOOTER - 4 * 12;
            for (int i = 0; i < 4; i++) {
                out.putInt(index + i * 12 + 8, BlockHeader.crc(out.slice(first + i * block, block)));
            }
            seal(out, index, stored.length);
            assertThatThrownBy(() -> Stored.read(codec, changed, content.length))
                    .isInstanceOf(StoreCorruptException.class)
                    .hasMessageContaining("it is not what was encrypted here");
        }
    }

    @Test
    void aWholeSegmentInThePlaceOfAnotherIsRefused() throws IOException {
        for (KeyRing keys : List.of(Stored.keys(), Stored.keys(1))) {
            Codec codec = Stored.codec(Compression.DEFLATE, keys);
            byte[] content = Stored.content(300);
            for (Extent other : List.of(
                    new Extent(new SegmentId(7, 3), Stored.SEGMENT, 99, 1_000, 300),
                    new Extent(Stored.PIECE, new SegmentId(3, 2), 99, 1_000, 300),
                    new Extent(Stored.PIECE, Stored.SEGMENT, 98, 1_000, 300),
                    new Extent(Stored.PIECE, Stored.SEGMENT, 99, 0, 300))) {
                byte[] stored = Stored.write(codec, other, content);
                assertThatThrownBy(() -> Stored.read(codec, stored, 300))
                        .isInstanceOf(StoreCorruptException.class)
                        .hasMessageContaining("it is another segment");
            }
        }
    }

    @Test
    void aNewerVersionIsRefused() throws IOException {
        Codec codec = Stored.codec(Compression.DEFLATE, Stored.keys());
        byte[] stored = Stored.write(codec, Stored.content(300));
        ByteBuffer newer = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        newer.putInt(8, 2);
        seal(newer, 0, headerBytes(stored));
        assertThatThrownBy(() -> Stored.read(codec, stored, 300))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("0000000000000007-00000002");
    }

    @Test
    void bytesThatWereNotAnnouncedAreRefused() throws IOException {
        Codec codec = Stored.codec(Compression.DEFLATE, Stored.keys());
        ExtentWriter extentWriter = codec.writer(Stored.extent(10), bytes -> {});
        extentWriter.put(ByteBuffer.allocate(9));
        assertThatThrownBy(extentWriter::end).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> extentWriter.put(ByteBuffer.allocate(2))).isInstanceOf(IllegalArgumentException.class);
    }
}
