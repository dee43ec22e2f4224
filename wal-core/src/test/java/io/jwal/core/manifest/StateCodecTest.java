package io.jwal.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.UnsupportedFormatException;
import io.jwal.core.format.Checks;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCodecTest {
    private static final LogState STATE = LogState.empty()
            .withConsumer("a", 7L)
            .withConsumer("billing", 9L)
            .withProperty("é", new byte[] {1, 2, 3})
            .withProperty("none", new byte[0]);
    private static final String BYTES = "4a57414c53544131" + "01000000" + "5d000000" + "0300000000000000"
            + "02000000" + "02000000" + "01000000" + "61" + "0700000000000000" + "07000000" + "62696c6c696e67"
            + "0900000000000000" + "04000000" + "6e6f6e65" + "00000000" + "02000000" + "c3a9" + "03000000" + "010203";

    private static byte[] encoded() {
        ByteBuffer content = StateCodec.STATE.encode(StateCodec.STATE.withEpoch(STATE, 3));
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    private static LogState decoded(byte[] bytes) {
        return StateCodec.STATE.decode(ByteBuffer.wrap(bytes));
    }

    private static byte[] sealed(byte[] bytes) {
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(bytes.length - 4, Checks.crc(bytes, 0, bytes.length - 4));
        return bytes;
    }

    private static byte[] forged(int at, int value) {
        byte[] bytes = encoded();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return sealed(bytes);
    }

    @Test
    void isWrittenAsThePageSays() {
        byte[] bytes = encoded();
        assertThat(HexFormat.of().formatHex(bytes, 0, bytes.length - 4)).isEqualTo(BYTES);
        assertThat(bytes).isEqualTo(sealed(bytes.clone())).hasSize(bytes[12]);
        assertThat(StateCodec.STATE.registerName()).isEqualTo("state");
    }

    @Test
    void isReadAsItWasWritten() {
        LogState read = decoded(encoded());
        assertThat(StateCodec.STATE.epoch(read)).isEqualTo(3);
        assertThat(read.consumers()).isEqualTo(STATE.consumers());
        assertThat(read.properties().keySet()).containsExactly("none", "é");
        assertThat(read.properties().get("é")).containsExactly(1, 2, 3);
        assertThat(read.properties().get("none")).isEmpty();
        LogState empty = decoded(StateCodec.STATE.encode(LogState.empty()).array());
        assertThat(empty).isEqualTo(LogState.empty());
    }

    @Test
    void isRefusedIfAnyBitIsFlippedOrItIsShorter() {
        byte[] sound = encoded();
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] hurt = sound.clone();
            hurt[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> decoded(hurt)).isInstanceOf(CorruptLogException.class);
        }
        for (int length = 0; length < sound.length; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThatThrownBy(() -> decoded(cut))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining(length < 36 ? "does not begin like one" : "does not match");
        }
    }

    /** Counts and lengths under a right checksum. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aCountThatLiesIsDamage(int count) {
        for (int at : new int[] {24, 28}) {
            assertThatThrownBy(() -> decoded(forged(at, count)))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining("its checksum is right, its content is not");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aLengthThatLiesIsDamage(int length) {
        assertThatThrownBy(() -> decoded(forged(32, length)))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("its checksum is right, its content is not")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameMayReachToTheEndAndNoFurther() {
        byte[] all = new byte[36 + 4 + 5 + 8];
        ByteBuffer out = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        out.put(encoded(), 0, 12).putInt(all.length).putLong(1).putInt(0).putInt(1);
        out.putInt(9).put(new byte[9]).putInt(0);
        assertThat(decoded(sealed(all)).properties().values()).containsExactly(new byte[0]);
        out.putInt(32, 13);
        assertThatThrownBy(() -> decoded(sealed(all))).hasCauseInstanceOf(BufferUnderflowException.class);
        out.putInt(32, 14);
        assertThatThrownBy(() -> decoded(sealed(all))).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNewerVersionIsUnsupportedAndNoDamage() {
        assertThatThrownBy(() -> decoded(forged(8, 2)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("state");
        assertThatThrownBy(() -> decoded(forged(8, 0))).isInstanceOf(CorruptLogException.class);
    }

    @Test
    void changesMakeAnotherStateAndLeaveTheOldOne() {
        LogState clamped = STATE.clamped(8);
        assertThat(clamped.consumers()).isEqualTo(new TreeMap<>(Map.of("a", 7L, "billing", 8L)));
        assertThat(clamped.properties()).isEqualTo(STATE.properties());
        assertThat(STATE.clamped(9)).isSameAs(STATE);
        assertThat(STATE.withConsumer("a", 7L)).isSameAs(STATE);
        assertThat(STATE.withConsumer("other", null)).isSameAs(STATE);
        assertThat(STATE.withConsumer("a", null).consumers()).containsOnlyKeys("billing");
        assertThat(STATE.withConsumer("a", 8L).consumers()).containsEntry("a", 8L);
        assertThat(STATE.consumers()).containsEntry("a", 7L);
        byte[] value = {5};
        LogState changed = STATE.withProperty("p", value);
        value[0] = 6;
        assertThat(changed.properties().get("p")).containsExactly(5);
        assertThat(STATE.properties()).doesNotContainKey("p");
        assertThatThrownBy(() -> STATE.consumers().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> STATE.properties().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
