package io.jwal.store.tck.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.StoreException;
import io.jwal.store.StoreTraits;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FaultedStoreTest {
    private static final SegmentId ID = new SegmentId(1, 1);

    private final CrashMedium medium = new CrashMedium();
    private final FaultPlan faults = new FaultPlan();
    private final FaultedStore store = new FaultedStore(medium.open(), faults, StoreTraits.localDefaults());

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private String content() throws IOException {
        try (SegmentReader reader = store.openSegment(ID)) {
            ByteBuffer content = ByteBuffer.allocate(100);
            return reader.read(0, content) < 0
                    ? ""
                    : UTF_8.decode(content.flip()).toString();
        }
    }

    @Test
    void halfOfAnAppendIsTheFirstHalfOfAllItsBytes() throws IOException {
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ID, 0);
        faults.fail(StoreOperation.APPEND, 1, Fault.ioError().after(Fault.Effect.PARTIAL));
        assertThatThrownBy(() -> writer.append(bytes("abc"), bytes("defgh"))).hasMessageContaining("planned");
        assertThat(content()).isEqualTo("abcd");
        assertThatThrownBy(writer::sync).isInstanceOf(StoreException.class);
    }

    @Test
    void anAnswerThatIsLostLosesNothingElse() throws IOException {
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ID, 0);
        writer.append(bytes("abc"));
        faults.fail(StoreOperation.SYNC, 1, Fault.ioError().after(Fault.Effect.COMPLETE));
        assertThatThrownBy(writer::sync).hasMessageContaining("planned");
        medium.crashLosingUnsynced();
        try (SegmentReader reader = medium.open().openSegment(ID)) {
            assertThat(reader.size()).isEqualTo(3);
        }
    }

    @Test
    void halfOfAReadFillsHalfOfTheBuffer() throws IOException {
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ID, 0);
        writer.append(bytes("abcdefgh"));
        try (SegmentReader reader = store.openSegment(ID)) {
            faults.fail(StoreOperation.READ, 1, Fault.ioError().after(Fault.Effect.PARTIAL));
            ByteBuffer target = ByteBuffer.allocate(8);
            assertThatThrownBy(() -> reader.read(0, target)).hasMessageContaining("planned");
            assertThat(target.position()).isEqualTo(4);
            assertThat(target.array()).startsWith('a', 'b', 'c', 'd', 0);
        }
    }

    @Test
    void aKilledProcessAsksNothingMoreAndLetsGoOfNothing() throws IOException {
        medium.locking(true);
        store.claimWriter();
        SegmentWriter writer = store.createSegment(ID, 0);
        store.kill();
        long calls = faults.calls(StoreOperation.SYNC);
        assertThatThrownBy(writer::sync).isInstanceOf(StoreException.class).hasMessageContaining("killed");
        assertThatThrownBy(store::listSegments).isInstanceOf(StoreException.class);
        writer.close();
        store.close();
        assertThat(faults.calls(StoreOperation.SYNC)).isEqualTo(calls);
        assertThatThrownBy(medium.open()::claimWriter).hasMessageContaining("another writer");
    }

    @Test
    void aCallThatWaitsWhenItsProcessIsKilledHappensNoMore() throws Exception {
        store.claimWriter();
        Gate gate = faults.block(StoreOperation.WRITE_REGISTER, 1);
        Thread writing = new Thread(() -> assertThatThrownBy(() -> store.writeRegister("r", null, bytes("x")))
                .hasMessageContaining("killed"));
        writing.start();
        gate.awaitReached();
        store.kill();
        gate.release();
        writing.join();
        assertThat(medium.open().readRegister("r")).isEmpty();
    }
}
