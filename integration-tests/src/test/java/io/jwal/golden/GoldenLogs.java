package io.jwal.golden;

import io.jwal.core.WalConfig.OnCorruption;
import io.jwal.format.Bytes;
import io.jwal.format.MarkBytes;
import io.jwal.format.RegisterBytes;
import io.jwal.format.SegmentBytes;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** How each golden log is made. What the engine cannot be made to leave behind by itself is composed of what it left. */
final class GoldenLogs {
    private static final int SMALL = 4 << 10;
    private static final int WHOLE = 64 << 10;
    private static final long NEAR_THE_END = Long.MAX_VALUE - 1000;

    private GoldenLogs() {}

    /** All of them, made by the engine as it is now. */
    static Map<String, GoldenLog> make() {
        NavigableMap<String, GoldenLog> made = new TreeMap<>();
        for (GoldenLog log : List.of(
                example(),
                clean(),
                unsealed(),
                threeUnsealed(),
                torn(),
                corrupt(),
                salvaged(),
                salvagedTwice(),
                truncatedAtBothEnds(),
                emptyWithAPosition(),
                begunAtALargeIndex(),
                emptiedByTruncateBefore(),
                cutAndCrashed(),
                jumpedAndCrashed(),
                staleWatermark())) {
            made.put(log.name(), log);
        }
        return made;
    }

    /** What docs/format.md shows byte by byte. */
    private static GoldenLog example() {
        try (Script script = new Script(false, WHOLE)) {
            script.append(1).appendBatch(2).consume("audit", 3).property("term", "7");
            return script.closed("example");
        }
    }

    private static GoldenLog clean() {
        try (Script script = new Script(true, SMALL)) {
            return script.append(30)
                    .appendBatch(12)
                    .append(60)
                    .consume("billing", 12)
                    .consume("search", 103)
                    .property("term", "7")
                    .closed("clean");
        }
    }

    private static GoldenLog unsealed() {
        try (Script script = new Script(true, WHOLE)) {
            return script.append(20)
                    .appendBatch(5)
                    .append(15)
                    .consume("billing", 12)
                    .killed("unsealed");
        }
    }

    /** One whose seal the manifest does not know of yet, one without index and trailer, and the hot one. */
    private static GoldenLog threeUnsealed() {
        Script script = new Script(false, SMALL);
        GoldenLog closed;
        try (script) {
            while (script.segments() < 5) {
                script.append(10);
            }
            closed = script.closed("three-unsealed");
        }
        LogManifest manifest = manifest(closed);
        List<LogManifest.Segment> segments = new ArrayList<>(manifest.segments());
        int count = segments.size();
        for (int i = count - 3; i < count; i++) {
            segments.set(
                    i,
                    LogManifest.Segment.open(
                            segments.get(i).id(), segments.get(i).salt()));
        }
        Map<String, byte[]> files = new TreeMap<>(closed.files());
        byte[] watermark = new byte[MarkBytes.SECTOR * 8];
        for (int i = count - 2; i < count; i++) {
            SegmentId id = segments.get(i).id();
            SegmentBytes sealed = new SegmentBytes(files.get(file(id)));
            files.put(file(id), Arrays.copyOf(sealed.bytes(), sealed.indexOffset()));
            MarkBytes.open(watermark, i - count + 2, id, sealed.indexOffset(), Script.GOLDEN_BOOT);
        }
        files.put("WATERMARK", watermark);
        long durable = segments.get(count - 4).lastIndex();
        LogManifest renamed = new LogManifest(
                manifest.epoch(), manifest.firstIndex(), durable, manifest.cutCounter(), manifest.cuts(), segments);
        return closed.withFiles(withManifest(files, renamed));
    }

    /** The power went in the middle of the last commit, which nobody was promised. */
    private static GoldenLog torn() {
        try (Script script = new Script(true, WHOLE)) {
            GoldenLog before = script.append(20).killed("torn");
            Map<String, byte[]> files = new TreeMap<>(before.files());
            script.appendBatch(6);
            SegmentId hot = hot(before);
            byte[] segment = script.disk().files().get(file(hot));
            SegmentBytes.Batch last = last(segment);
            Arrays.fill(segment, last.offset() + (last.end() - last.offset()) / 2, segment.length, (byte) 0);
            files.put(file(hot), segment);
            return before.withFiles(files);
        }
    }

    /** A bit of an acknowledged entry has rotted. */
    private static GoldenLog corrupt() {
        GoldenLog log;
        try (Script script = new Script(false, WHOLE)) {
            log = script.append(30).killed("corrupt");
        }
        Map<String, byte[]> files = new TreeMap<>(log.files());
        byte[] segment = files.get(file(hot(log)));
        SegmentBytes.Batch hurt = new SegmentBytes(segment).batches().get(19);
        segment[hurt.end() - 12] ^= 0x10;
        TreeMap<Long, GoldenLog.Written> sound = new TreeMap<>(log.entries().headMap(hurt.firstIndex()));
        return new GoldenLog(log.name(), files, 1, sound, log.consumers(), log.properties(), true);
    }

    private static GoldenLog salvaged() {
        try (Script script = Script.on(corrupt(), OnCorruption.SALVAGE)) {
            return script.closed("salvaged");
        }
    }

    private static GoldenLog salvagedTwice() {
        GoldenLog once;
        try (Script script = Script.on(corrupt(), OnCorruption.SALVAGE)) {
            once = script.append(2).closed("salvaged-twice");
        }
        try (Script script = Script.on(once, OnCorruption.SALVAGE)) {
            return script.append(3).killed("salvaged-twice");
        }
    }

    private static GoldenLog truncatedAtBothEnds() {
        try (Script script = new Script(false, SMALL)) {
            return script.append(110)
                    .consume("billing", 90)
                    .truncateBefore(37)
                    .truncateAfter(81)
                    .closed("truncated-at-both-ends");
        }
    }

    private static GoldenLog emptyWithAPosition() {
        try (Script script = new Script(false, SMALL)) {
            return script.append(10).consume("billing", 11).truncateBefore(11).closed("empty-with-a-position");
        }
    }

    private static GoldenLog begunAtALargeIndex() {
        try (Script script = new Script(false, SMALL)) {
            return script.write(NEAR_THE_END).append(20).closed("begun-at-a-large-index");
        }
    }

    private static GoldenLog emptiedByTruncateBefore() {
        try (Script script = new Script(false, SMALL)) {
            return script.append(50).truncateBefore(51).killed("emptied-by-truncate-before");
        }
    }

    private static GoldenLog cutAndCrashed() {
        try (Script script = new Script(false, SMALL)) {
            return script.append(50).consume("billing", 45).truncateAfter(33).killed("cut-and-crashed");
        }
    }

    /** The manifest says where the log goes on; the entry that was to be there never reached the store. */
    private static GoldenLog jumpedAndCrashed() {
        AtomicReference<Map<String, byte[]>> before = new AtomicReference<>();
        try (Script script = new Script(false, SMALL)) {
            script.append(5).truncateBefore(6);
            script.disk().beforeWrite(name -> {
                if (name.startsWith("segments/") && script.disk().files().get(name).length >= SegmentBytes.HEADER) {
                    before.compareAndSet(null, script.disk().files());
                }
            });
            script.write(1000).expectFrom(1000);
            return script.log("jumped-and-crashed", before.get());
        }
    }

    /** WATERMARK is written without a sync, so what reached the disk of it may be of long ago. */
    private static GoldenLog staleWatermark() {
        try (Script script = new Script(false, WHOLE)) {
            byte[] watermark =
                    script.append(8).killed("stale-watermark").files().get("WATERMARK");
            GoldenLog closed = script.append(30).closed("stale-watermark");
            Map<String, byte[]> files = new TreeMap<>(closed.files());
            files.put("WATERMARK", watermark);
            return closed.withFiles(files);
        }
    }

    static String file(SegmentId id) {
        return "segments/" + id + ".seg";
    }

    static LogManifest manifest(GoldenLog log) {
        return LogManifest.decode(Bytes.of(RegisterBytes.content(log.files().get("registers/manifest"))));
    }

    static Map<String, byte[]> withManifest(Map<String, byte[]> files, LogManifest manifest) {
        byte[] content = new byte[manifest.encode().remaining()];
        manifest.encode().get(content);
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put("registers/manifest", RegisterBytes.withContent(files.get("registers/manifest"), content));
        return changed;
    }

    private static SegmentId hot(GoldenLog log) {
        return manifest(log).segments(LogManifest.State.OPEN).get(0).id();
    }

    private static SegmentBytes.Batch last(byte[] segment) {
        List<SegmentBytes.Batch> batches = new SegmentBytes(segment).batches();
        return batches.get(batches.size() - 1);
    }
}
