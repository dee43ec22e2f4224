package io.jwal.benchmarks.micro;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Why the engine checks views of direct memory and copies nothing to check it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChecksumBenchmark {
    /** How much is checked. */
    @Param({"128", "1024", "65536"})
    private int size = 128;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer direct = ByteBuffer.allocateDirect(0);
    private byte[] array = new byte[0];

    /** The bytes to be checked. */
    @Setup
    public void allocate() {
        direct = ByteBuffer.allocateDirect(size);
        array = new byte[size];
    }

    /** The view as it is. */
    @Benchmark
    public long view() {
        crc.reset();
        crc.update(direct.clear());
        return crc.getValue();
    }

    /** A copy on the heap. */
    @Benchmark
    public long copy() {
        direct.clear().get(array);
        crc.reset();
        crc.update(array);
        return crc.getValue();
    }
}
