package io.jwal.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedBytesTest {
    private static final int CHUNK = 4096;

    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4097, 1 << 20, Long.MAX_VALUE})
    void givesBackWhatWasAppendedWhateverWasExpected(long expected) throws IOException {
        ChunkedBytes bytes = new ChunkedBytes(expected);
        byte[] content = random(3 * CHUNK + 17);
        bytes.append(ByteBuffer.wrap(content, 0, 100), ByteBuffer.wrap(content, 100, content.length - 100));

        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(content.length);
            int length = random.nextInt(content.length - from + 1);
            ByteBuffer wanted = ByteBuffer.wrap(content, from, length);
            ByteBuffer read = ByteBuffer.allocate(length);
            assertThat(bytes.read(from, read)).isEqualTo(length);
            assertThat(read.flip()).isEqualTo(wanted);
            assertThat(bytes.slice(from, length)).isEqualTo(wanted);
        }
    }

    @Test
    void aSliceWithinAChunkIsAViewAndOneAcrossChunksACopy() throws IOException {
        ChunkedBytes bytes = new ChunkedBytes(0);
        bytes.append(ByteBuffer.wrap(random(2 * CHUNK)));

        assertThat(bytes.slice(CHUNK - 8, 8).getLong()).isNotZero();
        assertThat(bytes.slice(8, 16).order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.slice(8, 16).isReadOnly()).isTrue();
        assertThat(bytes.slice(CHUNK - 8, 16).isReadOnly()).isTrue();
        assertThat(bytes.slice(CHUNK - 8, 16).limit()).isEqualTo(16);
    }

    @Test
    void endsWhereTheAppendsEnded() throws IOException {
        ChunkedBytes bytes = new ChunkedBytes(0);
        bytes.append(ByteBuffer.wrap(random(10)));

        assertThat(bytes.read(10, ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(bytes.read(Long.MAX_VALUE, ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(bytes.read(8, ByteBuffer.allocate(5))).isEqualTo(2);
        assertThat(bytes.slice(10, 0).remaining()).isZero();
        assertThatThrownBy(() -> bytes.slice(8, 3)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> bytes.slice(Long.MAX_VALUE, 3)).isInstanceOf(EOFException.class);
    }

    private byte[] random(int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }
}
