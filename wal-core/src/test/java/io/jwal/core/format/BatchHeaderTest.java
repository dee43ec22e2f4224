package io.jwal.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchHeaderTest {
    private static final long SALT = 0x8156163409AF201DL;
    private static final long OFFSET = 640;
    private static final BatchHeader HEADER = new BatchHeader(0x1234567, 100, 3, 7, 6, 1_700_000_000_000L);

    private static byte[] bytes(BatchHeader header) {
        byte[] bytes = new byte[BatchHeader.BYTES];
        header.encode(bytes, SALT, OFFSET);
        return bytes;
    }

    private static BatchHeader decoded(byte[] bytes, int at, long salt, long offset) {
        return BatchHeader.decode(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), at, salt, offset);
    }

    @Test
    void isReadAsItWasWrittenWhereverItLies() {
        byte[] around = new byte[BatchHeader.BYTES + 24];
        System.arraycopy(bytes(HEADER), 0, around, 16, BatchHeader.BYTES);
        assertThat(decoded(bytes(HEADER), 0, SALT, OFFSET)).isEqualTo(HEADER);
        assertThat(decoded(around, 16, SALT, OFFSET)).isEqualTo(HEADER);
    }

    @Test
    void hasItsFieldsWhereThePageSays() {
        ByteBuffer in = ByteBuffer.wrap(bytes(HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(in.getInt(0)).isEqualTo(Checks.check(in.array(), 4, 36, SALT, OFFSET));
        assertThat(in.getInt(4)).isEqualTo(0x1234567);
        assertThat(in.getInt(8)).isEqualTo(100);
        assertThat(in.getInt(12)).isEqualTo(3);
        assertThat(in.getLong(16)).isEqualTo(7);
        assertThat(in.getLong(24)).isEqualTo(6);
        assertThat(in.getLong(32)).isEqualTo(1_700_000_000_000L);
    }

    @Test
    void saysWhereItEnds() {
        assertThat(HEADER.lastIndex()).isEqualTo(9);
        assertThat(HEADER.paddedBytes()).isEqualTo(144);
        assertThat(new BatchHeader(0, 104, 1, 1, 0, 0).paddedBytes()).isEqualTo(144);
        assertThat(new BatchHeader(0, Integer.MAX_VALUE, 1, 1, 0, 0).paddedBytes())
                .isEqualTo((1L << 31) + 40);
    }

    @Test
    void isNoneElsewhereInAnotherSegmentOrWithAnyBitFlipped() {
        byte[] sound = bytes(HEADER);
        assertThat(decoded(sound, 0, SALT, OFFSET + 8)).isNull();
        assertThat(decoded(sound, 0, SALT + 1, OFFSET)).isNull();
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] hurt = sound.clone();
            hurt[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(decoded(hurt, 0, SALT, OFFSET)).as("bit %d", bit).isNull();
        }
    }

    /** Under a right check: what nobody can have written is refused, up to the last value that somebody can. */
    @ParameterizedTest
    @CsvSource({
        "8, 1, 1, true",
        "7, 1, 1, false",
        "16, 2, 1, true",
        "15, 2, 1, false",
        "8, 0, 1, false",
        "8, -1, 1, false",
        "8388608, 1048576, 1, true",
        "8388616, 1048577, 1, false",
        "8, 1, 0, false",
        "8, 1, -1, false",
        "8, 1, 9223372036854775806, true",
        "8, 1, 9223372036854775807, false",
        "-1, 1, 1, false"
    })
    void isNoneIfItsFieldsCannotBe(int bodyBytes, int count, long first, boolean accepted) {
        byte[] bytes = bytes(new BatchHeader(1, bodyBytes, count, first, 0, 0));
        assertThat(decoded(bytes, 0, SALT, OFFSET) != null).isEqualTo(accepted);
    }
}
