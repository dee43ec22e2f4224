package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.bytes;
import static io.jwal.core.log.TestLogs.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.store.ByteSize;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.StoreOperation;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Buffers and lists of callers that behave as they should not: what others append is not touched by it. */
class ForeignBytesTest {
    private final CrashMedium medium = new CrashMedium();

    /** Against what collections promise, it answers with an array that it keeps. */
    private static final class KeptArray extends AbstractList<byte[]> {
        private final byte[][] kept;

        KeptArray(byte[]... kept) {
            this.kept = kept;
        }

        @Override
        public byte[] get(int at) {
            return kept[at];
        }

        @Override
        public int size() {
            return kept.length;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T[] toArray(IntFunction<T[]> generator) {
            return (T[]) kept;
        }
    }

    @Test
    void aListThatKeepsItsArrayIsCopiedAsItWas() throws Exception {
        try (Wal wal = JWal.open(
                TestLogs.config(medium).commitMaxBytes(ByteSize.ofKibibytes(4)).build())) {
            wal.append(bytes("e1"));
            Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
            CompletableFuture<Long> second = wal.appendAsync(bytes("e2"));
            gate.awaitReached();
            CompletableFuture<Long> third = wal.appendAsync(new byte[4080]);
            KeptArray list = new KeptArray(bytes("e4"), bytes("e5"));
            Background<Long> fifth = Background.call(() -> wal.appendAll(list)).awaitStuck(); // for there is no room
            list.kept[1] = new byte[100];
            gate.release();
            assertThat(List.of(second.join(), third.join(), fifth.result())).containsExactly(2L, 3L, 5L);
            assertThat(wal.append(bytes("e6"))).isEqualTo(6);
        }
        try (Wal wal = TestLogs.open(medium)) {
            assertThat(contents(wal)).hasSize(6).endsWith("e4", "e5", "e6");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22, disabledReason = "arenas are there from 22 on")
    void aBufferWhoseArenaIsClosedIsRefusedAndTheLogGoesOn() throws Exception {
        try (Wal wal = TestLogs.open(medium)) {
            wal.append(bytes("e1"));
            assertThatThrownBy(() -> wal.append(ofClosedArena())).isInstanceOf(IllegalStateException.class);
            assertThat(wal.append(bytes("e2"))).isEqualTo(2);
            assertThat(contents(wal)).containsExactly("e1", "e2");
        }
    }

    private static ByteBuffer ofClosedArena() throws ReflectiveOperationException {
        Class<?> type = Class.forName("java.lang.foreign.Arena");
        Object arena = type.getMethod("ofShared").invoke(null);
        Object segment = type.getMethod("allocate", long.class).invoke(arena, 128L);
        Method asBuffer = Class.forName("java.lang.foreign.MemorySegment").getMethod("asByteBuffer");
        ByteBuffer buffer = (ByteBuffer) asBuffer.invoke(segment);
        type.getMethod("close").invoke(arena);
        return buffer;
    }
}
