package io.jwal.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Cursor;
import io.jwal.Durability;
import io.jwal.Entry;
import io.jwal.EntryNotFoundException;
import io.jwal.FencedException;
import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.WalException;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.LogInspector;
import io.jwal.core.Verification;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.StoreOperation;
import io.jwal.store.tck.simulator.Watermark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A log and what it has to hold, side by side. */
final class LogModel {
    private static final int MAX_ENTRY = 600;

    private final Durability durability;
    private final Random random;
    private final LogMedium medium;
    private final List<String> script = new ArrayList<>();
    private final TreeMap<Long, byte[]> entries = new TreeMap<>();
    private final TreeMap<Long, Long> batchEnds = new TreeMap<>();
    private final Map<String, Long> consumers = new HashMap<>();
    private final Map<String, byte[]> properties = new HashMap<>();
    private long first = 1;
    private long last;
    private Wal wal;

    /**
     * A model of a log.
     *
     * @param pipelined whether the store takes several syncs at once
     */
    LogModel(LogMedium medium, Durability durability, boolean pipelined, long seed) {
        this.medium = medium;
        this.durability = durability;
        this.random = new Random(seed);
        if (pipelined) {
            int inFlight = 2 + random.nextInt(4);
            int perSegment = 1 + random.nextInt(60);
            medium.traits(traits -> traits.withSyncs(inFlight, perSegment));
        }
        Watermark kept = Watermark.values()[random.nextInt(Watermark.values().length)];
        if (medium.can(LogMedium.Ability.WATERMARK)) {
            medium.watermark(kept);
        }
        this.wal = open();
    }

    String script() {
        return String.join("\n", script);
    }

    private Wal open() {
        return open(WalConfig.OnCorruption.REFUSE);
    }

    private Wal open(WalConfig.OnCorruption onCorruption) {
        return JWal.open(TestLogs.config(medium)
                .durability(durability)
                .durabilityInterval(Duration.ofMillis(1 + random.nextInt(20)))
                .commitMaxBytes(ByteSize.ofKibibytes(random.nextInt(3) == 0 ? 4 : 1024))
                .onCorruption(onCorruption)
                .build());
    }

    void step() {
        int dice = random.nextInt(100);
        if (dice < 30) {
            append(1 + random.nextInt(3));
        } else if (dice < 45) {
            append(1 + random.nextInt(40));
        } else if (dice < 50) {
            appendAsync(1 + random.nextInt(20));
        } else if (dice < 55) {
            write();
        } else if (dice < 62) {
            truncateBefore();
        } else if (dice < 69) {
            truncateAfter();
        } else if (dice < 74) {
            sync();
        } else if (dice < 79) {
            consume();
        } else if (dice < 82) {
            setProperty();
        } else if (dice < 88) {
            checkReads();
        } else if (dice < 92) {
            closeAndOpen();
        } else if (dice < 93) {
            kill();
        } else if (dice < 94) {
            killWhileAppending();
        } else if (dice < 96) {
            crash();
        } else if (dice < 97) {
            appendFromManyThreads();
        } else if (dice < 98 && medium.can(LogMedium.Ability.TAKE_OVER)) {
            takeOver();
        } else if (dice < 99) {
            salvage();
        } else if (random.nextBoolean()) {
            fail();
        } else {
            endWithAppendsUnderWay();
        }
        assertThat(wal.firstIndex()).isEqualTo(first);
        assertThat(wal.lastIndex()).isEqualTo(last);
    }

    void end() {
        checkAll(wal);
        closeAndOpen();
        checkAll(wal);
        try (WalReader reader = TestLogs.reader(medium)) {
            checkAll(reader);
        }
        wal.close();
    }

    private byte[] entry() {
        byte[] bytes = new byte[random.nextInt(8) == 0 ? 0 : random.nextInt(MAX_ENTRY)];
        if (random.nextInt(4) != 0) { // else all zeros
            random.nextBytes(bytes);
        }
        return bytes;
    }

    private List<byte[]> batch(int count) {
        List<byte[]> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(entry());
        }
        return batch;
    }

    private void added(List<byte[]> batch) {
        long start = last + 1;
        for (byte[] bytes : batch) {
            last++;
            entries.put(last, bytes);
        }
        for (long index = start; index <= last; index++) {
            batchEnds.put(index, last);
        }
    }

    private void append(int count) {
        List<byte[]> batch = batch(count);
        script.add("append " + count + " behind " + last);
        long index = count == 1 ? wal.append(batch.get(0)) : wal.appendAll(batch);
        added(batch);
        assertThat(index).isEqualTo(last);
        if (durability == Durability.SYNC) {
            assertThat(wal.durableIndex()).isEqualTo(last);
        }
    }

    private void appendAsync(int count) {
        script.add("append async " + count + " behind " + last);
        List<byte[]> all = batch(count);
        var futures = all.stream().map(wal::appendAsync).toList();
        for (int i = 0; i < count; i++) {
            added(List.of(all.get(i)));
            assertThat(futures.get(i).join()).isEqualTo(last);
        }
    }

    /** Each call of one thread comes behind its calls before; all of them get an index of their own. */
    private void appendFromManyThreads() {
        int threads = 2 + random.nextInt(3);
        int each = 1 + random.nextInt(8);
        script.add("append from " + threads + " threads " + each + " each behind " + last);
        List<List<byte[]>> contents = new ArrayList<>();
        List<Background<List<Long>>> appending = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            List<byte[]> mine = batch(each);
            contents.add(mine);
            Wal log = wal;
            appending.add(Background.call(() -> mine.stream().map(log::append).toList()));
        }
        TreeMap<Long, byte[]> appended = new TreeMap<>();
        for (int i = 0; i < threads; i++) {
            List<Long> indexes = result(appending.get(i));
            assertThat(indexes).isSorted();
            for (int j = 0; j < each; j++) {
                assertThat(appended.put(indexes.get(j), contents.get(i).get(j))).isNull();
            }
        }
        assertThat(appended.firstKey()).isEqualTo(last + 1);
        assertThat(appended.lastKey()).isEqualTo(last + appended.size());
        appended.values().forEach(bytes -> added(List.of(bytes)));
    }

    private static <T> T result(Background<T> call) {
        try {
            return call.result();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void write() {
        boolean empty = entries.isEmpty();
        long index = last + 1 + (empty && random.nextBoolean() ? random.nextInt(100) : 0);
        script.add("write " + index);
        byte[] bytes = entry();
        wal.write(index, bytes);
        if (empty) {
            first = index;
            last = index - 1;
        }
        added(List.of(bytes));
    }

    private void truncateBefore() {
        long to = first + random.nextInt((int) (last - first + 2));
        if (random.nextInt(3) == 0) {
            to = last + 1;
        }
        script.add("truncate before " + to + " of " + first + ".." + last);
        wal.truncateBefore(to);
        first = Math.max(first, to);
        entries.headMap(first).clear();
    }

    private void truncateAfter() {
        long to = first - 1 + random.nextInt((int) (last - first + 2));
        script.add("truncate after " + to + " of " + first + ".." + last);
        wal.truncateAfter(to);
        cutTo(to);
    }

    private void cutTo(long to) {
        last = Math.min(last, to);
        entries.tailMap(last, false).clear();
        batchEnds.replaceAll((index, end) -> Math.min(end, last));
        consumers.replaceAll((name, position) -> Math.min(position, last + 1));
    }

    private void sync() {
        script.add("sync");
        wal.sync();
        assertThat(wal.durableIndex()).isEqualTo(last);
    }

    private void consume() {
        String name = "c" + random.nextInt(3);
        script.add("consume as " + name);
        try (WalConsumer consumer = wal.consumer(name)) {
            long position = consumers.getOrDefault(name, first);
            assertThat(consumer.position()).isEqualTo(position);
            if (position < first) {
                consumer.seek(first);
                position = first;
            }
            for (Entry entry : consumer.poll(1 + random.nextInt(10), Duration.ZERO)) {
                assertThat(entry.index()).isEqualTo(position);
                assertThat(entry.bytes()).isEqualTo(entries.get(position));
                position++;
            }
            consumer.commit();
            consumers.put(name, position);
        }
    }

    private void setProperty() {
        String name = "p" + random.nextInt(3);
        script.add("set " + name);
        byte[] value = entry();
        wal.setProperty(name, value);
        properties.put(name, value);
    }

    private void checkReads() {
        script.add("read");
        assertThatThrownBy(() -> wal.read(first - 1)).isInstanceOf(EntryNotFoundException.class);
        assertThatThrownBy(() -> wal.read(last + 1)).isInstanceOf(EntryNotFoundException.class);
        for (int i = 0; i < 10 && !entries.isEmpty(); i++) {
            long index = first + random.nextInt((int) (last - first + 1));
            assertThat(wal.read(index)).isEqualTo(entries.get(index));
        }
    }

    private void checkAll(WalReader log) {
        assertThat(log.firstIndex()).isEqualTo(first);
        assertThat(log.lastIndex()).isEqualTo(last);
        try (Cursor cursor = log.cursor(first)) {
            for (Map.Entry<Long, byte[]> expected : entries.entrySet()) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.index()).isEqualTo(expected.getKey());
                assertThat(cursor.entryBytes()).as("entry " + cursor.index()).isEqualTo(expected.getValue());
            }
            assertThat(cursor.next()).isFalse();
        }
        assertThat(log.consumers()).isEqualTo(consumers);
        properties.forEach((name, value) -> assertThat(log.property(name)).hasValue(value));
    }

    private void closeAndOpen() {
        script.add("close, open");
        wal.close();
        wal = open();
        checkAll(wal);
        checkEveryByte();
    }

    private void checkEveryByte() {
        try (LogInspector inspector = LogInspector.open(TestLogs.config(medium).build())) {
            Verification found = inspector.verify((done, all) -> {});
            assertThat(found.findings()).isEmpty();
            assertThat(found.entries()).isEqualTo(entries.size());
        }
    }

    /** Another writer opens the log, while this one believes that it still has it. */
    private void takeOver() {
        long durable = wal.durableIndex();
        script.add("take over with " + durable + " of " + first + ".." + last + " durable");
        Wal old = wal;
        wal = open();
        if (durability == Durability.SYNC) {
            assertThatThrownBy(() -> old.append(entry())).isInstanceOf(WalException.class);
        }
        assertThatThrownBy(() -> old.setProperty("p0", entry())).isInstanceOf(FencedException.class);
        find(old, durable);
    }

    /** A bit rots in an open segment. What precedes it is kept; who does not ask for salvage keeps nothing by mistake. */
    private void salvage() {
        medium.kill();
        letGo(wal);
        script.add("rot in " + first + ".." + last);
        rot();
        wal = open(WalConfig.OnCorruption.SALVAGE);
        long found = wal.lastIndex();
        script.add("  " + wal.firstIndex() + ".." + found + " is there");
        assertThat(found).isBetween(first - 1, last);
        cutTo(found);
        checkAll(wal);
    }

    private void rot() {
        try (Store store = medium.open()) {
            List<LogManifest.Segment> open = LogManifest.decode(store.readRegister(LogManifest.REGISTER)
                            .orElseThrow()
                            .content())
                    .segments(LogManifest.State.OPEN);
            if (!open.isEmpty()) {
                SegmentId id = open.get(random.nextInt(open.size())).id();
                try (SegmentReader reader = store.openSegment(id)) {
                    medium.flip(id, random.nextInt((int) reader.size()), 1 << random.nextInt(8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some call of the store fails. What was asked for is there as a whole, or not at all. */
    private void fail() {
        StoreOperation operation = StoreOperation.values()[random.nextInt(StoreOperation.values().length)];
        Fault fault = random.nextBoolean() ? Fault.ioError() : Fault.full();
        fault = fault.after(Fault.Effect.values()[random.nextInt(3)]);
        long nth = 1 + random.nextInt(4);
        long durable = wal.durableIndex();
        script.add("fail " + nth + " " + operation + " " + fault + " with " + durable + " of " + first + ".." + last);
        medium.faults().fail(operation, nth, fault);
        try {
            for (int i = 0; i < 3; i++) {
                List<byte[]> batch = batch(1 + random.nextInt(4));
                batch.add(new byte[1500]);
                long before = last;
                added(batch); // perhaps
                wal.appendAll(batch);
                durable =
                        durability == Durability.SYNC ? last : Math.max(durable, Math.min(before, wal.durableIndex()));
            }
        } catch (WalException e) {
            script.add("  " + e);
        }
        medium.faults().clear();
        Wal failed = wal;
        int ending = random.nextInt(3);
        if (ending == 0) {
            letGo(failed);
        } else if (ending == 1) {
            medium.kill();
        } else {
            medium.crash(random.nextLong());
        }
        wal = open();
        find(failed, durable);
    }

    /** The power is cut, or the process ends, while commits are under way. Each is there whole, or not at all. */
    private void endWithAppendsUnderWay() {
        append(1); // so that there is a segment, which this thread would wait for at the gate
        long durable = wal.durableIndex();
        boolean cut = random.nextBoolean();
        script.add((cut ? "power cut" : "kill") + " while appending behind " + last + ", " + durable + " durable");
        long nth = 1 + random.nextInt(3);
        Gate gate = random.nextBoolean()
                ? medium.faults().block(StoreOperation.SYNC, nth)
                : medium.faults().blockAfter(StoreOperation.SYNC, nth);
        List<CompletableFuture<Long>> futures = new ArrayList<>();
        for (byte[] bytes : batch(1 + random.nextInt(6))) {
            futures.add(wal.appendAsync(bytes));
            added(List.of(bytes));
            Thread.yield(); // so that not all of them share a commit
        }
        while (!gate.isReached() && !futures.stream().allMatch(CompletableFuture::isDone)) {
            Thread.onSpinWait();
        }
        if (cut) {
            medium.crash(random.nextLong());
        } else {
            medium.kill();
        }
        medium.faults().clear();
        if (durability == Durability.SYNC) {
            durable = Math.max(durable, acknowledged(futures));
        }
        Wal dead = wal;
        wal = open();
        find(dead, durable);
    }

    /** The last index that a future was completed with; behind one that failed none is. */
    private static long acknowledged(List<CompletableFuture<Long>> futures) {
        long acknowledged = 0;
        boolean failed = false;
        for (CompletableFuture<Long> future : futures) {
            try {
                long index = future.join();
                assertThat(failed).as("acknowledged behind a failure: " + index).isFalse();
                acknowledged = index;
            } catch (CompletionException e) {
                failed = true;
            }
        }
        return acknowledged;
    }

    private void letGo(Wal log) {
        try {
            log.close();
        } catch (WalException e) {
            script.add("  closing: " + e.getClass().getSimpleName());
        }
    }

    private void kill() {
        long durable = wal.durableIndex();
        script.add("kill with " + durable + " of " + first + ".." + last + " durable");
        medium.kill();
        reopen(durable);
    }

    /** What was asked of the store before may still happen, but nothing that is acknowledged may be missing. */
    private void killWhileAppending() {
        int count = 1 + random.nextInt(10);
        long durable = wal.durableIndex();
        script.add("kill with " + durable + " of " + first + ".." + last + " durable, appending " + count);
        List<CompletableFuture<Long>> appending = new ArrayList<>();
        for (byte[] bytes : batch(count)) {
            added(List.of(bytes)); // perhaps
            appending.add(wal.appendAsync(bytes));
        }
        medium.kill();
        Wal dead = wal;
        wal = open();
        find(dead, durable);
        if (durability == Durability.SYNC) {
            appending.stream()
                    .filter(append -> append.isDone() && !append.isCompletedExceptionally())
                    .forEach(append -> assertThat(append.join()).isLessThanOrEqualTo(last));
        }
    }

    private void crash() {
        long durable = wal.durableIndex();
        long seed = random.nextLong();
        script.add("power cut " + seed + " with " + durable + " of " + first + ".." + last + " durable");
        medium.crash(seed);
        reopen(durable);
    }

    private void reopen(long durable) {
        Wal dead = wal;
        wal = open();
        if (durability == Durability.SYNC) {
            assertThat(wal.lastIndex()).isEqualTo(last);
        }
        find(dead, durable);
    }

    private void find(Wal dead, long durable) {
        letGo(dead);
        long found = wal.lastIndex();
        script.add("  " + wal.firstIndex() + ".." + found + " is there");
        assertThat(found).isBetween(Math.max(Math.min(durable, last), first - 1), last);
        if (found >= first) {
            assertThat(batchEnds.get(found)).as("a batch is whole or absent").isEqualTo(found);
        }
        cutTo(found);
        checkAll(wal);
        checkEveryByte();
        assertThat(Arrays.asList(wal.durableIndex())).containsExactly(last);
    }
}
