package io.jwal.store.file;

import static io.jwal.store.file.Stores.bytes;
import static io.jwal.store.file.Stores.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreFullException;
import io.jwal.store.Version;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Failing calls: each leaves no handle and no lock behind, and a log that can be opened again. */
final class DiskFaultTest {
    private static final SegmentId ONE = new SegmentId(1, 1);
    private static final SegmentId TWO = new SegmentId(1, 2);

    @Test
    void aFullDiskAtAnyCallLeaksNothing() throws IOException {
        failEveryCall(SimulatedDisk::full, false);
    }

    @Test
    void aBrokenDiskAtAnyCallLeaksNothing() throws IOException {
        failEveryCall(SimulatedDisk::broken, false);
    }

    @Test
    void aDiskThatStaysFullLeaksNothing() throws IOException {
        failEveryCall(SimulatedDisk::full, true);
    }

    @Test
    void aDiskThatStaysBrokenLeaksNothing() throws IOException {
        failEveryCall(SimulatedDisk::broken, true);
    }

    private static void failEveryCall(Supplier<IOException> failure, boolean forGood) throws IOException {
        for (int failing = 1; ; failing++) {
            SimulatedDisk disk = new SimulatedDisk();
            int[] count = {0};
            int at = failing;
            disk.script((call, name) -> {
                count[0]++;
                if (count[0] == at || (forGood && count[0] > at)) {
                    throw failure.get();
                }
            });
            String outcome = live(disk);
            assertThat(disk.openHandles())
                    .as("handles left, call %d failing", failing)
                    .isZero();
            assertThat(disk.isLocked())
                    .as("lock left, call %d failing", failing)
                    .isFalse();
            disk.script((call, name) -> {});
            reopen(disk, outcome);
            if (count[0] < failing) {
                assertThat(failing).as("calls of a whole life").isGreaterThan(80);
                return;
            }
        }
    }

    /** A short life of a log: the last register value acknowledged, then what may have come after it. */
    private static String live(SimulatedDisk disk) {
        String written = "";
        try (Store store = Stores.on(disk)) {
            WriterClaim claim = store.claimWriter();
            Version version = null;
            for (String value : new String[] {"a", "b"}) {
                version = store.writeRegister("manifest", version, bytes(value)).version();
                written = value;
            }
            try (SegmentWriter first = store.createSegment(ONE, 4096);
                    SegmentWriter second = store.createSegment(TWO, 0)) {
                first.appendAndSync(pattern(0, 1000));
                first.append(pattern(1000, 9000));
                try (SegmentReader reader = store.openSegment(ONE)) {
                    assertThat(reader.slice(0, 10_000)).isEqualTo(pattern(0, 10_000));
                }
                first.sync();
                second.append(pattern(0, 10));
                first.seal();
                store.fenceSegment(TWO);
            }
            store.listSegments();
            store.deleteSegment(ONE);
            version = store.writeRegister("manifest", version, bytes("c")).version();
            written = "c";
            assertThat(version).isNotNull();
            claim.close();
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
        return written;
    }

    private static void reopen(SimulatedDisk disk, String written) throws IOException {
        String next = written.isEmpty() ? "a" : written.equals("a") ? "b" : "c";
        try (Store store = Stores.on(disk)) {
            store.claimWriter();
            Register register = store.readRegister("manifest").orElse(null);
            String found = register == null
                    ? ""
                    : java.nio.charset.StandardCharsets.UTF_8
                            .decode(register.content())
                            .toString();
            assertThat(found).isIn(written, next);
            store.writeRegister("manifest", register == null ? null : register.version(), bytes("again"));
            try (SegmentWriter writer = store.createSegment(new SegmentId(2, 1), 100)) {
                writer.appendAndSync(bytes("x"));
            }
        }
        assertThat(disk.openHandles()).isZero();
    }

    @Test
    void aReadThatFailsTellsDamageFromTroubleThatGoesBy() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        try (Store store = Stores.on(disk)) {
            store.claimWriter();
            try (SegmentWriter writer = store.createSegment(ONE, 4096)) {
                writer.appendAndSync(pattern(0, 100));
                try (SegmentReader reader = store.openSegment(ONE)) {
                    failReads(disk, SimulatedDisk.broken());
                    assertThatThrownBy(() -> reader.slice(0, 100)).isInstanceOf(StoreCorruptException.class);
                    failReads(disk, new IOException("Stale file handle"));
                    assertThatThrownBy(() -> reader.slice(0, 100))
                            .isInstanceOf(IOException.class)
                            .isNotInstanceOf(StoreCorruptException.class)
                            .hasMessageContaining("Stale file handle");
                    disk.script((call, name) -> {});
                    assertThat(reader.slice(0, 100)).isEqualTo(pattern(0, 100));
                }
            }
        }
    }

    private static void failReads(SimulatedDisk disk, IOException failure) {
        disk.script((call, name) -> {
            if (call == SimulatedDisk.Call.READ) {
                throw failure;
            }
        });
    }

    @Test
    void aFailedSyncIsTheLast() throws IOException {
        for (SimulatedDisk.Call failing :
                Set.of(SimulatedDisk.Call.SYNC, SimulatedDisk.Call.WRITE_THROUGH, SimulatedDisk.Call.WRITE)) {
            SimulatedDisk disk = new SimulatedDisk();
            try (Store store = Stores.on(disk)) {
                store.claimWriter();
                SegmentWriter writer = store.createSegment(ONE, 4096);
                writer.appendAndSync(pattern(0, 100));
                disk.script((call, name) -> {
                    if (call == failing) {
                        throw SimulatedDisk.broken();
                    }
                });
                assertThatThrownBy(() -> {
                            writer.appendAndSync(pattern(100, 100));
                            writer.append(pattern(200, 100));
                            writer.sync();
                        })
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("Input/output error");
                disk.script((call, name) ->
                        assertThat(call).as("a call on a dead writer").isNull());
                assertThatThrownBy(() -> writer.append(pattern(0, 1)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("Input/output error");
                assertThatThrownBy(writer::sync).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> writer.appendAndSync(pattern(0, 1))).isInstanceOf(IOException.class);
                assertThatThrownBy(writer::seal).isInstanceOf(IOException.class);
                assertThat(writer.syncAsync()).isCompletedExceptionally();
                writer.close();
                disk.script((call, name) -> {});
                try (SegmentReader reader = store.openSegment(ONE)) {
                    assertThat(reader.slice(0, 100)).isEqualTo(pattern(0, 100));
                }
            }
        }
    }

    @Test
    void whatIsSetAsideIsFilledBeforeTheDiskIsFull() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        try (Store store = Stores.on(disk)) {
            store.claimWriter();
            SegmentWriter writer = store.createSegment(ONE, 64 << 10);
            disk.capacity(0);
            for (int i = 0; i < 64; i++) {
                writer.appendAndSync(pattern(i * 1024, 1024));
            }
            assertThatThrownBy(() -> writer.append(pattern(64 << 10, 1)))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessageContaining("no space left")
                    .hasMessageContaining("truncateBefore");
            try (SegmentReader reader = store.openSegment(ONE)) {
                assertThat(reader.slice(0, 64 << 10)).isEqualTo(pattern(0, 64 << 10));
            }
            // A segment ahead finds room for its name at least, and says at the first append that there is none.
            SegmentWriter ahead = store.createSegment(TWO, 64 << 20);
            assertThatThrownBy(() -> ahead.append(bytes("x"))).isInstanceOf(StoreFullException.class);
        }
    }
}
