package io.jwal.concurrency;

import io.jwal.Cursor;
import io.jwal.Entry;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** One of the threads of a storm: calls everything that a log has, by chance, and checks every entry that it gets. */
final class StormCaller {
    private static final int MOST_ENTRIES = 2_000;
    private static final int KINDS = 34;
    private static final int BURST = 80;

    private final Wal wal;
    private final WalConfig config;
    private final int mine;
    private final LongAdder full;
    private final Random random;
    private int number;

    /**
     * A caller.
     *
     * @param config of the log, for readers of it
     * @param mine tells the caller from the others
     * @param full counts the appends that found the buffer full
     */
    StormCaller(Wal wal, WalConfig config, int mine, LongAdder full) {
        this.wal = wal;
        this.config = config;
        this.mine = mine;
        this.full = full;
        this.random = new Random(mine);
    }

    /** Makes one call, or a few that belong together; throws what the log does. */
    void call() {
        switch (random.nextInt(KINDS)) {
            case 0, 1, 2, 3 -> wal.append(payload());
            case 4, 5 -> wal.append(ByteBuffer.wrap(payload()));
            case 6, 7 -> wal.appendAll(List.of(payload(), payload()));
            case 8, 9 -> join(wal.appendAsync(payload()));
            case 10 -> join(wal.appendAllAsync(List.of(payload(), payload(), payload())));
            case 11, 12 -> burst();
            case 13, 14 -> wal.write(wal.lastIndex() + 1, payload());
            case 15 -> wal.writeAll(twoBehind(wal.lastIndex()));
            case 16 -> join(wal.writeAllAsync(twoBehind(wal.lastIndex())));
            case 17, 18, 19 -> Payload.check(wal.read(any()));
            case 20 -> check(wal.read(any(), 20, 4_000));
            case 21 -> scan(any());
            case 22 -> stream(any());
            case 23 -> wal.indexAt(Instant.now().minusMillis(random.nextInt(500)));
            case 24, 25 -> wal.sync();
            case 26 -> wal.setProperty("of-" + mine % 4, payload());
            case 27 -> wal.propertyNames().forEach(name -> wal.property(name).ifPresent(Payload::check));
            case 28, 29 -> consume();
            case 30 -> {
                wal.consumers();
                wal.stats();
            }
            case 31 -> wal.removeConsumer("of-" + mine);
            case 32 -> readElsewhere();
            default -> cut();
        }
    }

    private byte[] payload() {
        return Payload.of(mine, number++);
    }

    private long any() {
        long first = wal.firstIndex();
        return first + random.nextInt((int) Math.max(1, wal.lastIndex() - first + 1));
    }

    private List<Entry> twoBehind(long last) {
        return List.of(new Entry(last + 1, payload()), new Entry(last + 2, payload()));
    }

    private static void check(List<Entry> entries) {
        entries.forEach(entry -> Payload.check(entry.bytes()));
    }

    /** As if the call had waited itself. */
    private static void join(CompletableFuture<Long> outcome) {
        try {
            outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    /** Several times what fits into the buffer, faster than it is written. */
    private void burst() {
        for (int i = 0; i < BURST; i++) {
            if (wal.tryAppendAsync(payload()).isEmpty()) {
                full.increment();
                wal.appendAsync(payload()); // waits for room
            }
        }
    }

    private void scan(long from) {
        try (Cursor cursor = wal.cursor(from)) {
            for (int i = 0; i < 30 && cursor.next(Duration.ofMillis(1)); i++) {
                Payload.check(cursor.entryBytes());
            }
        }
    }

    private void stream(long from) {
        try (Stream<Entry> entries = wal.entries(from, wal.lastIndex())) {
            entries.limit(20).forEach(entry -> Payload.check(entry.bytes()));
        }
    }

    private void consume() {
        try (WalConsumer consumer = wal.consumer("of-" + mine)) {
            if (random.nextBoolean()) {
                consumer.seek(any());
            }
            check(consumer.poll(5, Duration.ofMillis(1)));
            consumer.poll(Duration.ofMillis(1)).ifPresent(entry -> Payload.check(entry.bytes()));
            consumer.commit();
        }
    }

    /** As another process would. */
    private void readElsewhere() {
        try (WalReader reader = JWal.openReader(config)) {
            if (!reader.isEmpty()) {
                Payload.check(reader.read(reader.firstIndex()));
            }
        }
    }

    private void cut() {
        if (wal.lastIndex() - wal.firstIndex() > MOST_ENTRIES) {
            wal.truncateBefore(wal.lastIndex() - MOST_ENTRIES / 2);
        } else if (random.nextInt(4) == 0) {
            wal.truncateAfter(wal.lastIndex() - random.nextInt(5));
        }
    }
}
