package io.jwal.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrailerTest {
    private static final long SALT = 99;
    private static final Trailer TRAILER = new Trailer(5, 11, 1_000, 2_000, 400, 2, 0x7654321);
    private static final long SEGMENT_BYTES = 400 + 24 + 48 + 80;

    @Test
    void isWrittenAsThePageSaysAndReadAgain() {
        ByteBuffer bytes = TRAILER.encode(SALT);
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(80);
        assertThat(in.getLong(0)).isEqualTo(0x31444E454C41574AL);
        assertThat(in.getInt(8)).isEqualTo(1);
        assertThat(in.getInt(12)).isEqualTo(5);
        assertThat(in.getLong(16)).isEqualTo(11);
        assertThat(in.getLong(24)).isEqualTo(15);
        assertThat(in.getLong(32)).isEqualTo(1_000);
        assertThat(in.getLong(40)).isEqualTo(2_000);
        assertThat(in.getInt(48)).isEqualTo(400);
        assertThat(in.getInt(52)).isEqualTo(2);
        assertThat(in.getInt(56)).isEqualTo(0x7654321);
        assertThat(in.getInt(76)).isEqualTo(Checks.check(bytes.array(), 0, 76, SALT, SEGMENT_BYTES - 80));
        assertThat(Trailer.decode(bytes, SALT, SEGMENT_BYTES)).isEqualTo(TRAILER);
    }

    @Test
    void saysWhereTheIndexLies() {
        assertThat(TRAILER.lastIndex()).isEqualTo(15);
        assertThat(TRAILER.pointsOffset()).isEqualTo(424);
        assertThat(TRAILER.offset()).isEqualTo(472);
    }

    @Test
    void isNoneWithAnotherSaltLengthOrAnyBitFlipped() {
        byte[] sound = TRAILER.encode(SALT).array();
        assertThat(Trailer.decode(ByteBuffer.wrap(sound), SALT + 1, SEGMENT_BYTES))
                .isNull();
        assertThat(Trailer.decode(ByteBuffer.wrap(sound), SALT, SEGMENT_BYTES + 8))
                .isNull();
        assertThat(Trailer.decode(ByteBuffer.wrap(sound, 0, 79), SALT, SEGMENT_BYTES))
                .isNull();
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] hurt = sound.clone();
            hurt[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Trailer.decode(ByteBuffer.wrap(hurt), SALT, SEGMENT_BYTES))
                    .as("bit %d", bit)
                    .isNull();
        }
    }

    /** Under a right check. */
    @ParameterizedTest
    @CsvSource({
        "5, 400, 2, 0, true",
        "0, 400, 2, 0, false",
        "-1, 400, 2, 0, false",
        "1, 72, 1, 0, true",
        "1, 64, 1, 0, false",
        "5, 400, 0, 0, false",
        "5, 400, 2, 1, false",
        "5, 400, 2, -1, false"
    })
    void isNoneIfItsFieldsCannotBe(int count, int indexOffset, int points, int lastOff, boolean accepted) {
        Trailer trailer = new Trailer(count, 11, 0, 0, indexOffset, points, 0);
        ByteBuffer bytes = trailer.encode(SALT).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(24, trailer.lastIndex() + lastOff);
        bytes.putInt(76, Checks.check(bytes.array(), 0, 76, SALT, trailer.offset()));
        assertThat(Trailer.decode(bytes, SALT, trailer.offset() + Trailer.BYTES) != null)
                .isEqualTo(accepted);
    }

    @Test
    void isNoneOfAnotherVersion() {
        ByteBuffer bytes = TRAILER.encode(SALT).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(8, 2);
        bytes.putInt(76, Checks.check(bytes.array(), 0, 76, SALT, TRAILER.offset()));
        assertThat(Trailer.decode(bytes, SALT, SEGMENT_BYTES)).isNull();
    }
}
