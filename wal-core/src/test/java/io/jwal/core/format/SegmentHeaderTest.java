package io.jwal.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.UnsupportedFormatException;
import io.jwal.store.SegmentId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class SegmentHeaderTest {
    private static final SegmentId ID = new SegmentId(5, 2);
    private static final SegmentHeader HEADER = new SegmentHeader(ID, 1_700_000_000_000L, -77);

    private static ByteBuffer with(int at, int value) {
        ByteBuffer bytes = HEADER.encode();
        bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return bytes.putInt(60, Checks.crc(bytes.array(), 0, 60));
    }

    @Test
    void isWrittenAsThePageSaysAndReadAgain() {
        ByteBuffer bytes = HEADER.encode();
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(64);
        assertThat(new String(bytes.array(), 0, 8, StandardCharsets.US_ASCII)).isEqualTo("JWALSEG1");
        assertThat(in.getInt(8)).isEqualTo(1);
        assertThat(in.getInt(12)).isZero();
        assertThat(in.getLong(16)).isEqualTo(5);
        assertThat(in.getInt(24)).isEqualTo(2);
        assertThat(in.getLong(32)).isEqualTo(1_700_000_000_000L);
        assertThat(in.getLong(40)).isEqualTo(-77);
        assertThat(in.getInt(60)).isEqualTo(Checks.crc(bytes.array(), 0, 60));
        assertThat(SegmentHeader.decode(bytes, ID, -77)).isEqualTo(HEADER);
    }

    @Test
    void isRefusedIfAnyBitIsFlippedOrItIsShorter() {
        byte[] sound = HEADER.encode().array();
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] hurt = sound.clone();
            hurt[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> SegmentHeader.decode(ByteBuffer.wrap(hurt), ID, -77))
                    .isInstanceOf(CorruptLogException.class);
        }
        assertThatThrownBy(() -> SegmentHeader.decode(ByteBuffer.wrap(sound, 0, 63), ID, -77))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("63 bytes");
    }

    @Test
    void aNewerVersionAndAFlagAreUnsupportedAndNoDamage() {
        assertThatThrownBy(() -> SegmentHeader.decode(with(8, 2), ID, -77))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining(ID.toString());
        assertThatThrownBy(() -> SegmentHeader.decode(with(12, 1), ID, -77))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("flags 1");
        assertThatThrownBy(() -> SegmentHeader.decode(with(8, 0), ID, -77)).isInstanceOf(CorruptLogException.class);
    }

    @Test
    void anothersHeaderIsToldFromThisOnes() {
        for (SegmentId other : new SegmentId[] {new SegmentId(4, 2), new SegmentId(5, 3)}) {
            assertThatThrownBy(() -> SegmentHeader.decode(HEADER.encode(), other, -77))
                    .hasMessageContaining("says that it is segment 5-2")
                    .asInstanceOf(InstanceOfAssertFactories.type(CorruptLogException.class))
                    .satisfies(e -> assertThat(e.segment()).contains(other))
                    .satisfies(e -> assertThat(e.offset()).hasValue(0));
        }
        assertThatThrownBy(() -> SegmentHeader.decode(HEADER.encode(), ID, -78))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("another salt");
    }
}
