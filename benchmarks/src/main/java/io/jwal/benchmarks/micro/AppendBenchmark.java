package io.jwal.benchmarks.micro;

import static java.util.Objects.requireNonNull;

import io.jwal.Wal;
import io.jwal.benchmarks.peer.Entries;
import java.io.IOException;
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

/** What an append costs that nobody waits for, on a new log each time so that memory is bounded. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(1)
public class AppendBenchmark {
    private static final int COUNT = 200_000;

    /** The type of the store. */
    @Param({"file", "memory"})
    private String store = "file";

    /** The size of an entry. */
    @Param({"128", "1024"})
    private int size = 128;

    private @Nullable ScratchLog log;
    private byte[] entry = new byte[0];

    /** A new log. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        log = ScratchLog.open(store);
        entry = Entries.template(size);
    }

    /** Deletes it. */
    @TearDown(Level.Iteration)
    public void delete() throws IOException {
        requireNonNull(log).close();
    }

    /** Appends one by one. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public void append() {
        Wal wal = requireNonNull(log).wal();
        for (int i = 0; i < COUNT; i++) {
            wal.append(entry);
        }
    }
}
