package io.jwal.store.tck.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final SegmentId ID = new SegmentId(1, 1);

    private final CrashMedium medium = new CrashMedium();
    private final FaultPlan faults = medium.faults();
    private final Store store = medium.open();
    private SegmentWriter writer;

    @BeforeEach
    void createASegment() throws IOException {
        store.claimWriter();
        writer = store.createSegment(ID, 0);
    }

    @Test
    void theNthCallFailsOnceAndTheWriterStaysFailed() throws IOException {
        faults.fail(StoreOperation.SYNC, 2, Fault.ioError());
        writer.appendAndSync(bytes(10));
        writer.append(bytes(10));

        assertThatThrownBy(writer::sync).isInstanceOf(IOException.class).hasMessageContaining("SYNC");
        assertThatThrownBy(writer::sync).isInstanceOf(StoreException.class).hasMessageContaining("failed before");
        assertThatThrownBy(() -> writer.append(bytes(1))).isInstanceOf(StoreException.class);
        store.createSegment(new SegmentId(1, 2), 0).sync();
    }

    @Test
    void aLastingFaultFailsEveryLaterCall() {
        faults.fail(StoreOperation.LIST, 1, Fault.full().forGood());

        assertThatThrownBy(store::listSegments).isInstanceOf(StoreFullException.class);
        assertThatThrownBy(store::listSegments).isInstanceOf(StoreFullException.class);
    }

    @Test
    void anEffectIsNonePartialOrComplete() throws IOException {
        assertThat(appendedDespite(Fault.Effect.NONE, 1)).isZero();
        assertThat(appendedDespite(Fault.Effect.PARTIAL, 2)).isEqualTo(5);
        assertThat(appendedDespite(Fault.Effect.COMPLETE, 3)).isEqualTo(10);
    }

    private long appendedDespite(Fault.Effect effect, int epoch) throws IOException {
        SegmentId id = new SegmentId(1 + epoch, 1);
        SegmentWriter failing = store.createSegment(id, 0);
        faults.fail(StoreOperation.APPEND, 1, Fault.ioError().after(effect));
        assertThatThrownBy(() -> failing.append(bytes(10))).isInstanceOf(IOException.class);
        try (SegmentReader reader = store.openSegment(id)) {
            return reader.size();
        }
    }

    @Test
    void aRegisterWriteWhoseAnswerIsLostHasHappened() throws IOException {
        faults.fail(StoreOperation.WRITE_REGISTER, 1, Fault.ioError().after(Fault.Effect.COMPLETE));

        assertThatThrownBy(() -> store.writeRegister("manifest", null, bytes(3)))
                .isInstanceOf(IOException.class);
        assertThat(store.readRegister("manifest")).isPresent();
    }

    @Test
    void anAsynchronousSyncWaitsAtItsGateWhileAppendsGoOn() throws Exception {
        Gate gate = faults.block(StoreOperation.SYNC, 1);
        writer.append(bytes(10));
        CompletableFuture<Long> first = writer.syncAsync();
        gate.awaitReached();
        writer.append(bytes(10));
        CompletableFuture<Long> second = writer.syncAsync();

        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        gate.release();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(10);
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(20);
    }

    @Test
    void aFailedAsynchronousSyncFailsAllAfterIt() throws IOException {
        faults.fail(StoreOperation.SYNC, 1, Fault.ioError());
        writer.append(bytes(10));
        CompletableFuture<Long> first = writer.syncAsync();
        CompletableFuture<Long> second = writer.syncAsync();

        assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreException.class);
    }

    @Test
    void twoThreadsInOneWriterAreFoundOut() throws Exception {
        Gate gate = faults.block(StoreOperation.SYNC, 1);
        CompletableFuture<Void> syncing = CompletableFuture.runAsync(() -> {
            try {
                writer.sync();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        gate.awaitReached();

        assertThatThrownBy(() -> writer.append(bytes(1))).isInstanceOf(IllegalStateException.class);
        gate.release();
        syncing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void callsAreCountedAndTraced() throws IOException {
        faults.clearTrace();
        writer.appendAndSync(bytes(4), bytes(5));

        assertThat(faults.calls(StoreOperation.CREATE)).isEqualTo(1);
        assertThat(faults.trace())
                .containsExactly(
                        new StoreCall(StoreOperation.APPEND, ID.toString(), 9),
                        new StoreCall(StoreOperation.SYNC, ID.toString(), 9));
    }

    @Test
    void clearingForgetsFaultsAndReleasesWhoWaits() throws Exception {
        Gate gate = faults.blockAfter(StoreOperation.LIST, 1);
        CompletableFuture<Void> listing = CompletableFuture.runAsync(() -> {
            try {
                store.listSegments();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        gate.awaitReached();
        faults.fail(StoreOperation.SYNC, 1, Fault.ioError());

        faults.clear();
        listing.get(10, TimeUnit.SECONDS);
        writer.sync();
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }
}
