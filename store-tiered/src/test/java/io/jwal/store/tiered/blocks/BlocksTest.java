package io.jwal.store.tiered.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentReader;
import io.jwal.store.StoreKeyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes through blocks comes back. */
class BlocksTest {
    private static final int BLOCK = Stored.BLOCK;

    static Stream<Arguments> codecs() {
        return Stream.of(Compression.values())
                .flatMap(compression ->
                        Stream.of(Stored.keys(), Stored.keys(1, 2)).map(keys -> Arguments.of(compression, keys)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("codecs")
    void bytesOfEveryLengthComeBack(Compression compression, KeyRing keys) throws IOException {
        Codec codec = Stored.codec(compression, keys);
        for (int length :
                new int[] {1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK - 1, 2 * BLOCK, 2 * BLOCK + 1, 1_999}) {
            byte[] content = Stored.content(length);
            assertThat(Stored.read(codec, Stored.write(codec, content), length))
                    .as("%d bytes", length)
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("codecs")
    void everyPartIsRead(Compression compression, KeyRing keys) throws IOException {
        Codec codec = Stored.codec(compression, keys);
        byte[] content = Stored.content(3 * BLOCK + 5);
        try (SegmentReader reader =
                codec.open(new Stored(Stored.write(codec, content)), Stored.extent(content.length), codec.encoding())) {
            assertThat(reader.size()).isEqualTo(content.length);
            for (int from = 0; from < content.length; from += 3) {
                for (int length = 1; length <= content.length - from; length += 7) {
                    byte[] part = new byte[length];
                    reader.slice(from, length).get(part);
                    assertThat(part).isEqualTo(Arrays.copyOfRange(content, from, from + length));
                }
            }
            ByteBuffer more = ByteBuffer.allocate(content.length);
            assertThat(reader.read(10, more)).isEqualTo(content.length - 10);
            assertThat(reader.read(content.length, more)).isEqualTo(-1);
        }
    }

    @Test
    void withNeitherTheBytesStayAsTheyAre() throws IOException {
        Codec codec = Stored.codec(Compression.NONE, Stored.keys());
        byte[] content = Stored.content(1_000);
        assertThat(codec.encoding()).isEqualTo(Encoding.PLAIN);
        assertThat(Stored.write(codec, content)).isEqualTo(content);
        assertThat(Stored.read(codec, content, content.length)).isEqualTo(content);
    }

    @Test
    void aBlockThatWouldNotBecomeShorterIsStored() throws IOException {
        byte[] noise = new byte[10 * BLOCK];
        new Random(1).nextBytes(noise);
        int around = Stored.write(Stored.codec(Compression.DEFLATE, Stored.keys()), noise).length - noise.length;
        assertThat(around).isEqualTo(76 + 4 + 10 * 12 + 28);
        for (Compression compression : List.of(Compression.DEFLATE, Compression.ZSTD)) {
            assertThat(Stored.write(Stored.codec(compression, Stored.keys()), new byte[10 * BLOCK]))
                    .as("%s of zeros", compression)
                    .hasSizeLessThan(around + 10 * BLOCK / 2);
        }
    }

    @Test
    void aPointReadCostsOneBlockAndAScanEachOnce() throws IOException {
        Codec codec = new Codec(Compression.NONE, Stored.keys(1), 4_096, new SecureRandom());
        byte[] content = Stored.content(100 * 4_096);
        Stored stored = new Stored(Stored.write(codec, content));
        SegmentReader reader = codec.open(stored, Stored.extent(content.length), codec.encoding());
        assertThat(stored.bytesRead.getAndSet(0)).isLessThan(4_096 + 100 * 12 + 28 + 1);
        int block = 4_096 + 16;

        reader.slice(50 * 4_096 + 17, 100);
        assertThat(stored.bytesRead.getAndSet(0)).isEqualTo(block);
        reader.slice(50 * 4_096 + 2_000, 2_096);
        assertThat(stored.bytesRead.getAndSet(0)).as("in the same block").isZero();
        reader.slice(70 * 4_096 - 1, 2);
        assertThat(stored.bytesRead.getAndSet(0)).as("at a border").isEqualTo(2 * block);

        for (int at = 0; at < content.length - 1_000; at += 1_000) {
            reader.slice(at, 1_000);
        }
        assertThat(stored.bytesRead.get()).isEqualTo(100 * block);
        assertThat(reader.heapBytes()).isBetween(4_096L, 2L * 4_096);
    }

    @Test
    void manyThreadsReadAtOnce() throws Exception {
        Codec codec = Stored.codec(Compression.DEFLATE, Stored.keys(1));
        byte[] content = Stored.content(200 * BLOCK);
        SegmentReader reader =
                codec.open(new Stored(Stored.write(codec, content)), Stored.extent(content.length), codec.encoding());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Random random = new Random(i);
                readers.add(() -> {
                    for (int n = 0; n < 2_000; n++) {
                        int from = random.nextInt(content.length - 100);
                        byte[] part = new byte[100];
                        reader.slice(from, 100).get(part);
                        assertThat(part).isEqualTo(Arrays.copyOfRange(content, from, from + 100));
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(readers)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void eachUploadHasAKeyOfItsOwn() throws IOException {
        Codec codec = Stored.codec(Compression.NONE, Stored.keys(1));
        byte[] content = new byte[BLOCK];
        byte[] once = Stored.write(codec, content);
        byte[] again = Stored.write(codec, content);
        int block = 76 + 5 + 12 + 48 + 4;
        assertThat(Arrays.copyOfRange(once, block, block + BLOCK + 16))
                .isNotEqualTo(Arrays.copyOfRange(again, block, block + BLOCK + 16));
    }

    @Test
    void oldSegmentsAreReadWithTheKeyThatTheyName() throws IOException {
        Codec before = Stored.codec(Compression.DEFLATE, Stored.keys(1));
        byte[] content = Stored.content(500);
        byte[] stored = Stored.write(before, content);
        for (Codec after : List.of(
                Stored.codec(Compression.ZSTD, Stored.keys(1, 2)), Stored.codec(Compression.NONE, Stored.keys(2, 1)))) {
            try (SegmentReader reader = after.open(new Stored(stored), Stored.extent(500), before.encoding())) {
                byte[] all = new byte[500];
                reader.slice(0, 500).get(all);
                assertThat(all).isEqualTo(content);
            }
        }
    }

    @Test
    void aKeyThatIsMissingOrAnotherOneIsSaid() throws IOException {
        Codec codec = Stored.codec(Compression.NONE, Stored.keys(1));
        Stored stored = new Stored(Stored.write(codec, Stored.content(500)));

        assertThatThrownBy(() -> Stored.codec(Compression.NONE, Stored.keys(2))
                        .open(stored, Stored.extent(500), codec.encoding()))
                .isInstanceOfSatisfying(
                        StoreKeyException.class, e -> assertThat(e.keyId()).isEqualTo("key-1"))
                .hasMessageContaining("the key \"key-1\", which is not configured")
                .hasMessageContaining("add it to store.encryption.keys, which has key-2");
        KeyRing another = new KeyRing(Map.of("key-1", Stored.key(2)), null, "store.keys");
        assertThatThrownBy(() ->
                        Stored.codec(Compression.NONE, another).open(stored, Stored.extent(500), codec.encoding()))
                .isInstanceOfSatisfying(
                        StoreKeyException.class, e -> assertThat(e.keyId()).isEqualTo("key-1"))
                .hasMessageContaining("does not open segment 0000000000000007-00000002")
                .hasMessageContaining("store.keys");
        assertThat(another).hasToString("[key-1]");
    }

    /** A view of the header would hold on to all that the store has read with it. */
    @Test
    void aHeaderIsACopy() throws IOException {
        Codec codec = Stored.codec(Compression.NONE, Stored.keys(1));
        byte[] stored = Stored.write(codec, Stored.content(BLOCK));
        SegmentReader views = new SegmentReader() {
            @Override
            public long size() {
                return stored.length;
            }

            @Override
            public int read(long position, ByteBuffer target) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ByteBuffer slice(long position, int length) {
                return ByteBuffer.wrap(stored).slice((int) position, length);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
        BlockHeader header = BlockHeader.read(views, Stored.extent(BLOCK), codec.encoding(), codec.keys());
        byte[] before = Arrays.copyOf(stored, header.encoded().limit());
        Arrays.fill(stored, (byte) 0);
        assertThat(header.encoded()).isEqualTo(ByteBuffer.wrap(before));
    }
}
