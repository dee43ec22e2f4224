package io.jwal.process;

import io.jwal.Cursor;
import io.jwal.Durability;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a log until it is killed, and says on standard output what it is about to do ({@code TRY}) and what was done
 * ({@code ACK}). Before that it says all that it found ({@code FIRST}, {@code HAS}…, {@code READY}). Each line is handed
 * to the operating system at once, so a line that was printed before the kill is read after it.
 */
final class KilledWriter {
    private static final int THREADS = 8;
    private static final int MOST_ENTRIES = 600;

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final AtomicLong attempts;
    private final Random random;
    private final Wal wal;

    private KilledWriter(Wal wal, long firstAttempt) {
        this.wal = wal;
        attempts = new AtomicLong(firstAttempt);
        random = new Random(firstAttempt);
    }

    /** How it writes. */
    enum Work {
        /** One thread: entries, batches and truncations. */
        EVERYTHING(Durability.SYNC),
        /** Many threads that share commits. */
        THREADS(Durability.SYNC),
        /** Acknowledged when {@code durableIndex()} has passed it. */
        INTERVAL(Durability.INTERVAL),
        /** The same. */
        NONE(Durability.NONE);

        final Durability durability;

        Work(Durability durability) {
            this.durability = durability;
        }
    }

    static WalConfig config(Path directory, Durability durability) {
        return WalConfig.builder()
                .store(new FileStoreConfig(directory))
                .segmentSize(ByteSize.ofKibibytes(16))
                .maxEntry(ByteSize.ofKibibytes(4))
                .maxBatch(ByteSize.ofKibibytes(16))
                .commitMaxBytes(ByteSize.ofKibibytes(8))
                .durability(durability)
                .build();
    }

    /** Arguments: directory, work, number of the first attempt. */
    public static void main(String[] arguments) throws Exception {
        Work work = Work.valueOf(arguments[1]);
        new FileOutputStream(FileDescriptor.out).write("OPENING\n".getBytes(StandardCharsets.UTF_8));
        Wal wal = JWal.open(config(Path.of(arguments[0]), work.durability));
        KilledWriter writer = new KilledWriter(wal, Long.parseLong(arguments[2]));
        writer.sayWhatIsThere();
        switch (work) {
            case EVERYTHING -> writer.doEverything();
            case THREADS -> writer.appendInThreads();
            default -> writer.appendBuffered();
        }
    }

    private void sayWhatIsThere() throws IOException {
        say("FIRST " + wal.firstIndex());
        try (Cursor cursor = wal.cursor(wal.firstIndex())) {
            while (cursor.next()) {
                Payload payload = Payload.of(cursor.entryBytes());
                say("HAS " + cursor.index() + " " + payload.attempt() + " " + payload.part());
            }
        }
        say("READY");
    }

    private void doEverything() throws IOException {
        while (true) {
            int choice = random.nextInt(20);
            if (choice < 2 || wal.lastIndex() - wal.firstIndex() > MOST_ENTRIES) {
                long span = wal.lastIndex() - wal.firstIndex() + 2;
                long first = wal.firstIndex() + random.nextInt((int) span);
                say("TRY BEFORE " + first);
                wal.truncateBefore(first);
                say("ACK BEFORE " + first);
            } else if (choice < 4) {
                long kept = Math.min(random.nextInt(12), wal.lastIndex() - wal.firstIndex() + 1);
                long last = wal.lastIndex() - kept;
                say("TRY AFTER " + last);
                wal.truncateAfter(last);
                say("ACK AFTER " + last);
            } else {
                long attempt = attempts.getAndIncrement();
                List<byte[]> batch = batch(attempt, choice < 8 ? 1 + random.nextInt(20) : 1);
                say("TRY " + attempt + " " + batch.size());
                long last = batch.size() == 1 ? wal.append(batch.get(0)) : wal.appendAll(batch);
                say("ACK " + attempt + " " + last);
            }
        }
    }

    private void appendInThreads() {
        for (int i = 0; i < THREADS; i++) {
            new Thread(() -> {
                        try {
                            while (true) {
                                long attempt = attempts.getAndIncrement();
                                say("TRY " + attempt + " 1");
                                long index = wal.append(new Payload(attempt, 0).bytes());
                                say("ACK " + attempt + " " + index);
                            }
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .start();
        }
    }

    private void appendBuffered() throws IOException {
        Deque<long[]> accepted = new ArrayDeque<>();
        while (true) {
            long attempt = attempts.getAndIncrement();
            List<byte[]> batch = batch(attempt, random.nextInt(4) == 0 ? 1 + random.nextInt(10) : 1);
            say("TRY " + attempt + " " + batch.size());
            accepted.add(new long[] {attempt, wal.appendAll(batch)});
            if (random.nextInt(100) == 0) {
                wal.sync();
            }
            long durable = wal.durableIndex();
            while (!accepted.isEmpty() && accepted.peek()[1] <= durable) {
                long[] done = accepted.remove();
                say("ACK " + done[0] + " " + done[1]);
            }
        }
    }

    private static List<byte[]> batch(long attempt, int size) {
        List<byte[]> batch = new ArrayList<>();
        for (int part = 0; part < size; part++) {
            batch.add(new Payload(attempt, part).bytes());
        }
        return batch;
    }

    private void say(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
