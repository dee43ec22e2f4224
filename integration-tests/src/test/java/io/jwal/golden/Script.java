package io.jwal.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.file.HeapDisk;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Makes a log step by step, and notes what has to be in it. */
final class Script implements AutoCloseable {
    /** No machine has this boot, so a golden log was always written in another one. */
    static final byte[] GOLDEN_BOOT = "jwal golden boot".getBytes(UTF_8);

    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

    private final HeapDisk disk;
    private final boolean preallocate;
    private final long segmentSize;
    private final TreeMap<Long, GoldenLog.Written> entries = new TreeMap<>();
    private final Map<String, Long> consumers = new TreeMap<>();
    private final Map<String, byte[]> properties = new TreeMap<>();
    private long first = 1;
    private long now = BEGIN.toEpochMilli();
    private Wal wal;

    /** A script on an empty disk. */
    Script(boolean preallocate, long segmentSize) {
        this(Map.of(), preallocate, segmentSize);
        open(WalConfig.OnCorruption.REFUSE);
    }

    private Script(Map<String, byte[]> files, boolean preallocate, long segmentSize) {
        this.disk = new HeapDisk(files).boot(GOLDEN_BOOT);
        this.preallocate = preallocate;
        this.segmentSize = segmentSize;
    }

    /** Goes on with a log that was made before. */
    static Script on(GoldenLog log, WalConfig.OnCorruption onCorruption) {
        Script script = new Script(log.files(), false, 4 << 10);
        script.entries.putAll(log.entries());
        script.consumers.putAll(log.consumers());
        script.properties.putAll(log.properties());
        script.first = log.first();
        script.now += 1_000_000L * (1 + log.entries().size());
        script.open(onCorruption);
        return script;
    }

    Script open(WalConfig.OnCorruption onCorruption) {
        wal = JWal.open(WalConfig.builder()
                .store(disk.store(preallocate))
                .segmentSize(ByteSize.ofBytes(segmentSize))
                .maxEntry(ByteSize.ofMebibytes(1))
                .maxBatch(ByteSize.ofMebibytes(4))
                .onCorruption(onCorruption)
                .clock(new StandingClock())
                .build());
        return this;
    }

    /** Stands still between two steps, so that the times of commits do not depend on how often the engine looks. */
    private final class StandingClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }

    /** What entry {@code index} holds: some are empty, some all zeros. */
    static byte[] content(long index) {
        if (index % 9 == 4) {
            return new byte[0];
        }
        return index % 7 == 3
                ? new byte[40]
                : ("entry " + index + " ").repeat(1 + (int) (index % 5)).getBytes(UTF_8);
    }

    /** Appends entries, each a commit of its own. */
    Script append(int count) {
        for (int i = 0; i < count; i++) {
            appendBatch(1);
        }
        return this;
    }

    /** Appends entries as one atomic batch. */
    Script appendBatch(int count) {
        long from = wal.lastIndex() + 1;
        now += 1000;
        List<byte[]> contents =
                LongStream.range(from, from + count).mapToObj(Script::content).toList();
        wal.appendAll(contents);
        note(from, contents);
        return this;
    }

    /** Writes an entry at an index of the caller's choice. */
    Script write(long index) {
        now += 1000;
        expectFrom(index);
        wal.write(index, content(index));
        note(index, List.of(content(index)));
        return this;
    }

    /** From now on the log is expected to be empty, and to go on at an index. */
    Script expectFrom(long index) {
        entries.clear();
        first = index;
        return this;
    }

    private void note(long from, List<byte[]> contents) {
        for (int i = 0; i < contents.size(); i++) {
            entries.put(from + i, new GoldenLog.Written(now, contents.get(i)));
        }
    }

    Script truncateBefore(long index) {
        wal.truncateBefore(index);
        entries.headMap(index).clear();
        first = index;
        return this;
    }

    Script truncateAfter(long index) {
        wal.truncateAfter(index);
        entries.tailMap(index, false).clear();
        consumers.replaceAll((name, position) -> Math.min(position, index + 1));
        return this;
    }

    Script consume(String name, long position) {
        WalConsumer consumer = wal.consumer(name);
        try (consumer) {
            consumer.seek(position);
            consumer.commit();
        }
        consumers.put(name, position);
        return this;
    }

    Script property(String name, String value) {
        wal.setProperty(name, value.getBytes(UTF_8));
        properties.put(name, value.getBytes(UTF_8));
        return this;
    }

    /** How many segments there are. */
    long segments() {
        return disk.files().keySet().stream()
                .filter(name -> name.startsWith("segments/"))
                .count();
    }

    /** The disk. */
    HeapDisk disk() {
        return disk;
    }

    /** The log as it lies on the disk now, as after {@code kill -9}. */
    GoldenLog killed(String name) {
        return log(name, disk.files());
    }

    /** The log after a clean close. */
    GoldenLog closed(String name) {
        wal.close();
        return killed(name);
    }

    /** The log with such files. */
    GoldenLog log(String name, Map<String, byte[]> files) {
        Map<String, byte[]> kept = new TreeMap<>(files);
        kept.keySet().removeIf(file -> file.contains("/.")); // spare space and temporary files are no part of a log
        return new GoldenLog(
                name, kept, first, new TreeMap<>(entries), new TreeMap<>(consumers), new TreeMap<>(properties), false);
    }

    @Override
    public void close() {
        wal.close();
    }
}
