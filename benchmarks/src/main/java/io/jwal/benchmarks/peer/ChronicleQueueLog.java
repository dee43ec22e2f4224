package io.jwal.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Chronicle Queue, an appender for each thread, blocks large enough that no run leaves its first. Durable means
 * {@code sync()} after the append, in the mode that really calls the disk.
 */
final class ChronicleQueueLog implements Peer {
    private static final long BLOCK_BYTES = 256L << 20;

    private final ChronicleQueue queue;
    private final boolean durable;
    private final ThreadLocal<Writer> writers;
    private @Nullable Reader reader;

    private ChronicleQueueLog(ChronicleQueue queue, boolean durable) {
        this.queue = queue;
        this.durable = durable;
        this.writers = ThreadLocal.withInitial(() -> new Writer(queue.createAppender(), Bytes.allocateElasticDirect()));
    }

    static ChronicleQueueLog open(Path directory, PeerOptions options) {
        ChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(RollCycles.FAST_DAILY)
                .blockSize(BLOCK_BYTES)
                .syncMode(SyncMode.SYNC)
                .build();
        return new ChronicleQueueLog(queue, options.durable());
    }

    @Override
    public void append(byte[] entry) {
        Writer writer = writers.get();
        writer.append(entry);
        if (durable) {
            writer.appender.sync();
        }
    }

    @Override
    public void appendAll(List<byte[]> entries) {
        Writer writer = writers.get();
        entries.forEach(writer::append);
        if (durable) {
            writer.appender.sync();
        }
    }

    @Override
    public void flush() {
        writers.get().appender.sync();
    }

    @Override
    public Scan scan() {
        long entries = 0;
        long stamps = 0;
        try (ExcerptTailer tailer = queue.createTailer().toStart()) {
            Bytes<?> bytes = Bytes.allocateElasticDirect();
            while (tailer.readBytes(bytes)) {
                stamps += bytes.readLong(0);
                entries++;
                bytes.clear();
            }
            bytes.releaseLast();
        }
        return new Scan(entries, stamps);
    }

    @Override
    public long read(long index) {
        Reader at = reader();
        at.tailer.moveToIndex(at.first + index - 1);
        at.bytes.clear();
        at.tailer.readBytes(at.bytes);
        return at.bytes.readLong(0);
    }

    private Reader reader() {
        Reader present = reader;
        if (present == null) {
            ExcerptTailer tailer = queue.createTailer().toStart();
            present = new Reader(tailer, queue.firstIndex(), Bytes.allocateElasticDirect());
            reader = present;
        }
        return present;
    }

    @Override
    public void dropBefore(long index) {
        throw new UnsupportedOperationException("the queue drops whole cycles, by deleting files");
    }

    @Override
    public void close() {
        queue.close();
    }

    private record Writer(ExcerptAppender appender, Bytes<?> bytes) {
        void append(byte[] entry) {
            bytes.clear();
            bytes.write(entry);
            appender.writeBytes(bytes);
        }
    }

    private record Reader(ExcerptTailer tailer, long first, Bytes<?> bytes) {}
}
