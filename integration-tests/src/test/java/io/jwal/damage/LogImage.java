package io.jwal.damage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.core.WalConfig.OnCorruption;
import io.jwal.format.Bytes;
import io.jwal.format.RegisterBytes;
import io.jwal.format.SegmentBytes;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.file.HeapDisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The files of a log of about 4 KB, and what was acknowledged of it. The space that is set aside for registers is among
 * them, so that opening need not make it each time.
 *
 * @param files its files, by path
 * @param entries its entries, by index
 * @param beforeLastCommit the last index before the last commit
 */
record LogImage(Map<String, byte[]> files, TreeMap<Long, byte[]> entries, long beforeLastCommit) {
    static final String MANIFEST = "registers/manifest";
    static final String STATE = "registers/state";
    static final String WATERMARK = "WATERMARK";

    private static final int COMMITS = 44;
    private static final int SMALL = 4 << 10;
    private static final int WHOLE = 64 << 10;
    private static final int ZEROS_BEHIND = 128;

    /** Looking for stores takes longer than opening one. */
    private static final WalConfig CONFIG = WalConfig.builder()
            .store(new HeapDisk(Map.of()).store(false))
            .segmentSize(ByteSize.ofBytes(WHOLE))
            .maxEntry(ByteSize.ofMebibytes(1))
            .maxBatch(ByteSize.ofMebibytes(4))
            .cacheBytes(ByteSize.ofMebibytes(1))
            .build();

    /** A log whose writer was killed: one open segment, with zeros set aside behind its batches. */
    static LogImage unsealed() {
        HeapDisk disk = new HeapDisk(Map.of());
        try (Wal wal = open(disk, WHOLE)) {
            LogImage filled = fill(disk, wal, COMMITS);
            String segment = filled.segments().get(0);
            int end = end(filled.files().get(segment));
            return filled.with(segment, bytes -> Arrays.copyOf(bytes, end + ZEROS_BEHIND));
        }
    }

    /** A log that was closed: one sealed segment. */
    static LogImage sealed() {
        return closed(1);
    }

    /** A log of three sealed segments, too long to be joined, closed. */
    static LogImage longer() {
        return closed(3);
    }

    private static LogImage closed(int segments) {
        HeapDisk disk = new HeapDisk(Map.of());
        TreeMap<Long, byte[]> entries = new TreeMap<>();
        long before = 0;
        for (int i = 0; i < segments; i++) {
            try (Wal wal = open(disk, segments == 1 ? WHOLE : SMALL)) {
                LogImage filled = fill(disk, wal, COMMITS);
                entries.putAll(filled.entries);
                before = filled.beforeLastCommit;
            }
        }
        return new LogImage(disk.files(), entries, before);
    }

    private static Wal open(HeapDisk disk, int segmentSize) {
        return JWal.open(config(disk).segmentSize(ByteSize.ofBytes(segmentSize)).build());
    }

    /** How a log on a disk is opened here. */
    static WalConfig.Builder config(HeapDisk disk) {
        return CONFIG.toBuilder().store(disk.store(false));
    }

    /** The same, going on behind damage. */
    static WalConfig salvaging(HeapDisk disk) {
        return config(disk).onCorruption(OnCorruption.SALVAGE).build();
    }

    private static LogImage fill(HeapDisk disk, Wal wal, int commits) {
        TreeMap<Long, byte[]> entries = new TreeMap<>();
        long before = 0;
        for (int commit = 1; commit <= commits; commit++) {
            before = wal.lastIndex();
            List<byte[]> batch = new ArrayList<>();
            for (int i = 0; i < (commit % 6 == 2 ? 3 : 1); i++) {
                byte[] content = content(before + 1 + i);
                batch.add(content);
                entries.put(before + 1 + i, content);
            }
            wal.appendAll(batch);
        }
        try (WalConsumer consumer = wal.consumer("billing")) {
            consumer.seek(7);
            consumer.commit();
        }
        wal.setProperty("term", "12".getBytes(UTF_8));
        return new LogImage(disk.files(), entries, before);
    }

    private static byte[] content(long index) {
        if (index % 8 == 5) {
            return new byte[(int) (index % 3) * 24]; // empty, or zeros
        }
        return ("entry " + index + " ").repeat(1 + (int) (index % 4)).getBytes(UTF_8);
    }

    private static int end(byte[] segment) {
        return new SegmentBytes(segment).end();
    }

    /** The last index. */
    long last() {
        return entries.lastKey();
    }

    /** The files of segments, in order. */
    List<String> segments() {
        return files.keySet().stream()
                .filter(name -> name.startsWith("segments/"))
                .toList();
    }

    /** The manifest. */
    LogManifest manifest() {
        return LogManifest.decode(Bytes.of(RegisterBytes.content(files.get(MANIFEST))));
    }

    /** The same log with one file changed; its copy is handed in. */
    LogImage with(String name, UnaryOperator<byte[]> change) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(name, change.apply(files.get(name).clone()));
        return new LogImage(changed, entries, beforeLastCommit);
    }

    /** The same log without a file. */
    LogImage without(String name) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.remove(name);
        return new LogImage(changed, entries, beforeLastCommit);
    }
}
