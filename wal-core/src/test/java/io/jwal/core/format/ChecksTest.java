package io.jwal.core.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sums of {@code docs/format.md}. */
class ChecksTest {
    private static final byte[] NINE = "123456789".getBytes(US_ASCII);
    private static final int CRC_OF_NINE = 0xE3069283;

    @Test
    void theChecksumIsThatOfRfc3720() {
        assertThat(Checks.crc(NINE, 0, 9)).isEqualTo(CRC_OF_NINE);
        assertThat(Checks.crc(ByteBuffer.wrap(NINE))).isEqualTo(CRC_OF_NINE);
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0, 0, 00000000",
        "8156163409af201d, 1, 16, 7b4750e5",
        "8156163409af201d, 64, 36, 56a30d5f",
        "ffffffffffffffff, 9223372036854775806, 67108864, c94ed014"
    })
    void thePlaceIsMixedInAsThePageSays(String salt, long place, int length, String mixed) {
        int expected = Integer.parseUnsignedInt(mixed, 16);
        assertThat(Checks.bind(0, Long.parseUnsignedLong(salt, 16), place, length))
                .isEqualTo(expected);
        assertThat(Checks.bind(CRC_OF_NINE, Long.parseUnsignedLong(salt, 16), place, length))
                .isEqualTo(expected ^ CRC_OF_NINE);
    }

    @Test
    void aPartOfABufferOrOfAnArrayHasTheCheckOfItsBytes() {
        byte[] around = "..123456789...".getBytes(US_ASCII);
        ByteBuffer part = ByteBuffer.wrap(around).position(2).limit(11);
        int expected = Checks.bind(CRC_OF_NINE, 5, 7, 9);

        assertThat(Checks.check(part, 5, 7)).isEqualTo(expected);
        assertThat(Checks.check(around, 2, 9, 5, 7)).isEqualTo(expected);
        assertThat(Checks.crc(part)).isEqualTo(CRC_OF_NINE);
        assertThat(part.position()).as("not consumed").isEqualTo(2);
    }

    @Test
    void placesAreMultiplesOfEight() {
        assertThat(new int[] {Layout.align(0), Layout.align(1), Layout.align(8), Layout.align(9), Layout.align(15)})
                .containsExactly(0, 8, 8, 16, 16);
        assertThat(new long[] {Layout.align(0L), Layout.align(7L), Layout.align(8L), Layout.align(1L << 33 | 1)})
                .containsExactly(0, 8, 8, (1L << 33) + 8);
    }
}
