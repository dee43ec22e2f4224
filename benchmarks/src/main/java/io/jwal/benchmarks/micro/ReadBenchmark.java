package io.jwal.benchmarks.micro;

import static java.util.Objects.requireNonNull;

import io.jwal.Cursor;
import io.jwal.Wal;
import io.jwal.benchmarks.peer.Entries;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What reading costs an entry: in a scan, and alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadBenchmark {
    private static final int COUNT = 200_000;
    private static final int BATCH = 1000;

    /** The type of the store. */
    @Param({"file", "memory"})
    private String store = "file";

    /** The size of an entry. */
    @Param({"128", "1024"})
    private int size = 128;

    private @Nullable ScratchLog log;
    private long random = 1;

    /** Fills the log. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        ScratchLog filled = ScratchLog.open(store);
        List<byte[]> batch = Entries.batch(BATCH, size);
        for (int i = 0; i < COUNT; i += BATCH) {
            filled.wal().appendAll(batch);
        }
        log = filled;
    }

    /** Deletes it. */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
        requireNonNull(log).close();
    }

    /** A scan, for each entry. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long scan() {
        Wal wal = requireNonNull(log).wal();
        long stamps = 0;
        try (Cursor cursor = wal.cursor(1)) {
            while (cursor.next()) {
                stamps += Entries.stamp(cursor.entry());
            }
        }
        return stamps;
    }

    /** A read of one entry at random. */
    @Benchmark
    public byte[] read() {
        random = random * 6364136223846793005L + 1442695040888963407L;
        return requireNonNull(log).wal().read(1 + Math.floorMod(random >>> 20, (long) COUNT));
    }
}
