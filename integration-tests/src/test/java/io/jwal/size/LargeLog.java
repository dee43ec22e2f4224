package io.jwal.size;

import io.jwal.Cursor;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.file.FileStoreConfig;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes a large log, or reads all of it, in a process with a small heap; says how long that took. */
final class LargeLog {
    static final int ENTRY = 128;

    private static final int BATCH = 1_000;
    private static final int RANDOM_READS = 100_000;

    private LargeLog() {}

    /** Arguments: the directory of the log, {@code write} or {@code read}, how many entries. */
    public static void main(String[] arguments) {
        WalConfig config = WalConfig.builder()
                .store(new FileStoreConfig(Path.of(arguments[0])))
                .build();
        long entries = Long.parseLong(arguments[2]);
        long start = System.nanoTime();
        try (Wal wal = JWal.open(config)) {
            if (arguments[1].equals("write")) {
                write(wal, entries);
            } else {
                tell("opened", start);
                readInOrder(wal, entries);
                readAtRandom(wal, entries);
            }
            start = System.nanoTime();
        }
        tell("closed", start);
        System.out.printf("peak of the heap %d MB%n", peakOfHeap() >> 20);
        System.out.println("DONE");
    }

    private static void write(Wal wal, long entries) {
        long start = System.nanoTime();
        while (wal.lastIndex() < entries) {
            long next = wal.lastIndex() + 1;
            List<byte[]> batch = new ArrayList<>(BATCH);
            for (long index = next; index < next + BATCH && index <= entries; index++) {
                batch.add(content(index));
            }
            wal.appendAll(batch);
        }
        tell("wrote " + entries + " entries", start);
    }

    private static void readInOrder(Wal wal, long entries) {
        long start = System.nanoTime();
        long expected = 1;
        try (Cursor cursor = wal.cursor(1)) {
            while (cursor.next()) {
                check(
                        cursor.index() == expected && cursor.entry().equals(ByteBuffer.wrap(content(expected))),
                        expected);
                expected++;
            }
        }
        check(expected == entries + 1, expected);
        tell("read " + entries + " entries in order", start);
    }

    private static void readAtRandom(Wal wal, long entries) {
        long start = System.nanoTime();
        Random random = new Random(1);
        for (int i = 0; i < RANDOM_READS; i++) {
            long index = 1 + (long) (random.nextDouble() * entries);
            check(ByteBuffer.wrap(wal.read(index)).equals(ByteBuffer.wrap(content(index))), index);
        }
        tell("read " + RANDOM_READS + " entries at random", start);
    }

    private static byte[] content(long index) {
        ByteBuffer content = ByteBuffer.allocate(ENTRY);
        for (long word = index * 0x9E3779B97F4A7C15L; content.hasRemaining(); word += index) {
            content.putLong(word);
        }
        return content.array();
    }

    private static void check(boolean right, long index) {
        if (!right) {
            throw new IllegalStateException("wrong at index " + index);
        }
    }

    private static long peakOfHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(LargeLog::peak)
                .sum();
    }

    private static long peak(MemoryPoolMXBean pool) {
        return pool.getPeakUsage().getUsed();
    }

    private static void tell(String what, long start) {
        System.out.printf("%s in %.1f s%n", what, (System.nanoTime() - start) / 1e9);
    }
}
