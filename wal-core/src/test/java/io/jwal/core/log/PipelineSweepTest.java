package io.jwal.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.core.JWal;
import io.jwal.store.ByteSize;
import io.jwal.store.StoreTraits;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.StoreOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call of a store fails once while several commits are under way, over several segments. Nothing behind the first
 * failure is acknowledged; what was is there when the log is opened again, and nothing of the rest but a prefix.
 */
class PipelineSweepTest {
    private static final int ENTRIES = 24;
    private static final int MAX_CALLS = 60;

    /** What happens in the background may not have happened yet when nobody waits any more. */
    private static final int LEAST_CALLS = 4;

    private static final List<Fault> FAULTS = List.of(
            Fault.ioError(),
            Fault.ioError().after(Fault.Effect.PARTIAL),
            Fault.ioError().after(Fault.Effect.COMPLETE),
            Fault.full().forGood());

    /** How the log ends. */
    private enum Ending {
        CLOSE,
        KILL,
        CRASH,
        LOSE
    }

    @ParameterizedTest
    @EnumSource(names = {"APPEND", "SYNC", "CREATE", "SEAL", "WRITE_REGISTER", "DELETE"})
    void nothingBehindAFailureIsAcknowledged(StoreOperation operation) {
        for (Fault fault : FAULTS) {
            int nth = 1;
            while (nth <= MAX_CALLS) {
                Ending ending = Ending.values()[(FAULTS.indexOf(fault) + nth) % Ending.values().length];
                try {
                    if (!run(operation, nth, fault, ending) && nth >= LEAST_CALLS) {
                        break;
                    }
                } catch (RuntimeException | AssertionError e) {
                    fail(operation + " " + nth + ", " + fault + ", " + ending, e);
                }
                nth++;
            }
        }
    }

    /** Whether the fault was met. */
    private static boolean run(StoreOperation operation, int nth, Fault fault, Ending ending) {
        CrashMedium medium =
                new CrashMedium().traits(StoreTraits.localDefaults().withSyncs(3, 6));
        Wal wal = JWal.open(TestLogs.config(medium)
                .segmentSize(ByteSize.ofKibibytes(16))
                .commitMaxBytes(ByteSize.ofKibibytes(4))
                .build());
        medium.faults().fail(operation, nth, fault);
        long before = medium.faults().calls(operation);
        List<CompletableFuture<Long>> futures = new ArrayList<>();
        for (int i = 1; i <= ENTRIES; i++) {
            futures.add(wal.appendAsync(TestLogs.bytes(entry(i))));
        }
        long acknowledged = acknowledged(futures);
        boolean met = medium.faults().calls(operation) - before >= nth;
        assertThat(wal.durableIndex()).isEqualTo(acknowledged);
        medium.faults().clear();
        switch (ending) {
            case KILL -> medium.kill();
            case CRASH -> medium.crash(nth);
            case LOSE -> medium.crashLosingUnsynced();
            default -> {}
        }
        close(wal);
        try (Wal again = TestLogs.open(medium)) {
            assertThat(again.lastIndex()).isBetween(acknowledged, (long) ENTRIES);
            for (int i = 1; i <= again.lastIndex(); i++) {
                assertThat(TestLogs.text(again.read(i))).isEqualTo(entry(i));
            }
            assertThat(again.append(TestLogs.bytes("goes on"))).isEqualTo(again.lastIndex());
        }
        return met;
    }

    private static String entry(int index) {
        return "e" + index + "-".repeat(2200 + index % 3 * 600); // two do not fit into one commit
    }

    private static long acknowledged(List<CompletableFuture<Long>> futures) {
        long acknowledged = 0;
        boolean failed = false;
        for (CompletableFuture<Long> future : futures) {
            try {
                long index = future.join();
                assertThat(failed).as("behind a failure: " + index).isFalse();
                assertThat(index).isEqualTo(++acknowledged);
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(WalException.class);
                failed = true;
            }
        }
        return acknowledged;
    }

    private static void close(Wal wal) {
        try {
            wal.close();
        } catch (WalException e) {
            assertThat(e).hasMessageContaining(";"); // it failed before, or the machine did
        }
    }
}
