package io.jwal.crash;

import io.jwal.store.tck.mutant.Mutant;
import io.jwal.store.tck.mutant.Mutant.Killer;
import java.util.List;

/**
 * Mistakes in the engine and in the file store, each with what it would lose.
 *
 * <p>Not in the list is what loses nothing by itself: that the seal of a segment is synced (its batches were before, and
 * index and trailer are rebuilt), that a cut syncs what it keeps (sealing does), and that a claim syncs the directory of
 * the registers (the manifest that it writes back does).
 */
final class EngineMutants {
    private static final String FILE = "../store-file/src/main/java/io/jwal/store/file/";
    private static final String CORE = "../wal-core/src/main/java/io/jwal/core/";
    private static final String WRITER = FILE + "FileSegmentWriter.java";
    private static final String CLAIM = FILE + "FileClaim.java";
    private static final String REGISTERS = FILE + "Registers.java";
    private static final String MARKS = FILE + "WatermarkWriter.java";
    private static final String APPENDER = CORE + "commit/SegmentAppender.java";
    private static final String COMMIT = CORE + "commit/BatchCommit.java";
    private static final String GROUP = CORE + "commit/GroupCommit.java";
    private static final String CHAIN = CORE + "log/SegmentChain.java";
    private static final String SEGMENTS = CORE + "log/SegmentSet.java";
    private static final String COPY = CORE + "log/RecoveryCopy.java";
    private static final String JOINING = CORE + "log/ShortSegment.java";
    private static final String OPENING = CORE + "log/Opening.java";
    private static final String AHEAD = CORE + "log/AheadSegment.java";
    private static final String LOG = CORE + "log/WritingLog.java";
    private static final String OWNED = CORE + "manifest/OwnedRegister.java";
    private static final String DRAFT = CORE + "manifest/ManifestDraft.java";
    private static final String SCAN = CORE + "segment/BatchScan.java";

    private static final Killer CRASH =
            Killer.of(CrashExplorationTest.class, "whatWasAcknowledgedIsThereAfterEveryCrash");
    private static final Killer LATER = Killer.of(CrashExplorationTest.class, "whatIsDurableIsThereAfterEveryCrash");

    private static final Killer FAULTS = Killer.of(FailingDiskTest.class, "whatWasPromisedIsThereWhicheverCallFails");
    private static final Killer REQUESTS =
            Killer.of(FailingObjectStorageTest.class, "whatWasPromisedIsThereWhicheverCallFails");
    private static final Killer SALVAGE =
            new Killer("io.jwal.damage.SalvageTest", "whereverTheDamageIsThePrefixBeforeItIsKeptAndTheOriginalToo");
    private static final Killer ZEROS =
            new Killer("io.jwal.damage.RottenLogTest", "withoutWatermarkABlockOfZerosTakesWholeCommitsFromTheEndAlone");
    private static final Killer ROT =
            new Killer("io.jwal.damage.RottenLogTest", "everyLengthOfAnOpenSegmentReadsRightOrIsRefused");
    private static final Killer OFFSETS = new Killer("io.jwal.damage.ForgedLogTest", "anOffsetOfAnotherEntryIsNoticed");

    private EngineMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.named("fsync of a batch left out", "acknowledged entries", CRASH)
                        .replacing(
                                WRITER,
                                "file.writeThrough(position, source, offset, length)",
                                "file.write(position, source, offset, length)"),
                Mutant.named("fsync of several batches left out", "entries below durableIndex()", LATER)
                        .replacing(WRITER, "            file.sync();\n            synced();", "            synced();"),
                Mutant.named("fsync of a register left out", "the manifest, and the log with it", CRASH)
                        .replacing(
                                REGISTERS,
                                "file.write(0, bytes, 0, bytes.length);\n            file.sync();",
                                "file.write(0, bytes, 0, bytes.length);"),
                Mutant.named("register overwritten in place", "the manifest, and the log with it", CRASH)
                        .replacing(
                                REGISTERS,
                                "disk.rename(prepared, directory.file(name));",
                                "disk.delete(prepared);\n        disk.delete(directory.file(name));\n"
                                        + "        writeNew(directory.file(name), bytes);"),
                Mutant.named(
                                "directory fsync after renaming a register left out",
                                "truncations, consumers' positions",
                                CRASH)
                        .replacing(
                                REGISTERS,
                                "disk.rename(prepared, directory.file(name));\n        directory.sync();",
                                "disk.rename(prepared, directory.file(name));"),
                Mutant.named("directory fsync after creating a segment left out", "acknowledged entries", CRASH)
                        .replacing(CLAIM, "                segments.sync();\n", ""),
                Mutant.named("directory fsync of a new log left out", "the whole log", CRASH)
                        .replacing(CLAIM, "                disk.syncDirectory(\"\");\n", ""),
                Mutant.named("acknowledgement before sync", "acknowledged entries", CRASH)
                        .replacing(
                                COMMIT,
                                "target.append(batch.buffer(), batch.firstIndex(), sync);",
                                "target.append(batch.buffer(), batch.firstIndex(), false);"),
                // No store opens a segment for writing again: the next append goes on behind the survivors, left where
                // they are
                Mutant.named(
                                "appending in place after a crash: survivors named as they are, not copied",
                                "entries found by an opening",
                                LATER)
                        .replacing(COPY, "copy.copy(survivor, first, survivor.index().lastIndex());", "")
                        .replacing(
                                COPY,
                                "        draft.remove(findings.replaced());\n",
                                "        draft.remove(findings.replaced());\n"
                                        + "        findings.survivors().forEach(s -> draft.add(new LogManifest.Segment(\n"
                                        + "                s.id(), salt(s.id()), LogManifest.State.SEALED,\n"
                                        + "                s.index().firstIndex(), s.index().lastIndex(), s.index().end(), 0, 0)));\n")
                        .replacing(
                                COPY,
                                "    private long survivingBytes() {",
                                "    private long salt(SegmentId id) {\n"
                                        + "        return findings.manifest().segments().stream()\n"
                                        + "                .filter(s -> s.id().equals(id)).findFirst().orElseThrow().salt();\n"
                                        + "    }\n\n    private long survivingBytes() {"),
                Mutant.named("recovery's last copy named before it is synced", "entries found by an opening", CRASH)
                        .replacing(COPY, "            last.sync();\n", ""),
                Mutant.named("joined segment named before it is synced", "acknowledged entries", CRASH)
                        .replacing(JOINING, "            next.sync();\n", ""),
                Mutant.named("durable index stamped too early", "an intact log: a torn write looks like damage", CRASH)
                        .replacing(
                                CHAIN,
                                "now.append(batch, firstIndex, tail.durable(), time(), sync);",
                                "now.append(batch, firstIndex, firstIndex + batch.entries() - 1, time(), sync);"),
                Mutant.named("what is written stamped durable", "an intact log: a torn write looks like damage", LATER)
                        .replacing(
                                CHAIN,
                                "now.append(batch, firstIndex, tail.durable(), time(), sync);",
                                "now.append(batch, firstIndex, tail.written(), time(), sync);"),
                Mutant.named("manifest written before the header is durable", "an intact log", CRASH)
                        .replacing(
                                APPENDER,
                                "            writer.appendAndSync(header.encode());",
                                "            writer.append(header.encode());"),
                Mutant.named("segment written before the manifest names it", "acknowledged entries", CRASH)
                        .replacing(
                                AHEAD,
                                "            segments.nameOrRelease(",
                                "            if (next.position() < 0) segments.nameOrRelease("),
                Mutant.named("dropped segments deleted before the manifest is written", "an intact log", CRASH)
                        .replacing(
                                SEGMENTS,
                                "        LogManifest after = manifest.update(ManifestDraft.edit(edit));",
                                "        dropped(before, ManifestDraft.edit(edit).apply(manifest.current()));\n"
                                        + "        LogManifest after = manifest.update(ManifestDraft.edit(edit));")
                        .replacing(SEGMENTS, "                if (full) {\n", "                if (true) {\n"),
                Mutant.named("collector with an old manifest", "segments that the log has named since", CRASH)
                        .replacing(
                                SEGMENTS,
                                "    private volatile LogView view;",
                                "    private volatile LogView view;\n    private final LogManifest old;")
                        .replacing(
                                SEGMENTS,
                                "        this.view = new LogView(manifest.current(), open);",
                                "        this.view = new LogView(manifest.current(), open);\n"
                                        + "        this.old = manifest.current();")
                        .replacing(
                                SEGMENTS,
                                "        LogManifest now = manifest.current();\n",
                                "        LogManifest now = old;\n")
                        .replacing(SEGMENTS, "id.epoch() < now.epoch()", "id.epoch() <= now.epoch()"),
                Mutant.named("a stale WATERMARK counted for another segment", "an intact log", CRASH)
                        .replacing(
                                MARKS,
                                "            Watermark.Found found = inherited.get(id);\n            return",
                                "            Watermark.Found found = inherited.values().stream()\n"
                                        + "                    .max(java.util.Comparator.comparing(f -> f.mark().synced()))\n"
                                        + "                    .orElse(null);\n            return"),
                Mutant.named(
                                "WATERMARK written before the sync",
                                "an intact log: a torn write looks like damage",
                                CRASH)
                        .replacing(
                                WRITER,
                                "                bytes.drain(\n                        buffers,\n                        total,",
                                "                slot.synced(position + total);\n"
                                        + "                bytes.drain(\n                        buffers,\n                        total,"),
                Mutant.named("a segment synced before its predecessor", "entries below durableIndex()", LATER)
                        .replacing(CHAIN, "        sealing.await(); // no segment", "        // no segment"),
                Mutant.named("D not lowered by truncateAfter", "an intact log: what was cut away is missed", CRASH)
                        .replacing(
                                DRAFT,
                                "return dropPassed().cut(lastIndex).durable(lastIndex);",
                                "return dropPassed().cut(lastIndex);"),
                Mutant.named("a jump within an old segment", "the entries behind it", CRASH)
                        .replacing(
                                LOG,
                                "chain.empty(index, () -> commits.restartAt(index));",
                                "commits.restartAt(index);"),
                Mutant.named("segments dropped that reach past the first index", "acknowledged entries", CRASH)
                        .replacing(DRAFT, "segment.lastIndex() < firstIndex);", "segment.firstIndex() < firstIndex);"),
                Mutant.named("a batch taken whose body does not verify", "torn entries for whole ones", CRASH)
                        .replacing(SCAN, "!verifiesBody(header, position)", "header.bodyBytes() < 0"),
                Mutant.named("a hole in the log skipped", "entries without those before them", LATER)
                        .replacing(
                                SCAN,
                                "wanted != 0 && header.firstIndex() != wanted",
                                "wanted != 0 && header.firstIndex() < wanted"),
                Mutant.named("consumers not taken back to the end after a crash", "consumers' positions", CRASH)
                        .replacing(
                                OPENING,
                                "            state.update(now -> now.clamped(findings.lastIndex() + 1));\n",
                                ""),
                Mutant.named("fsync retried after it failed", "entries that the second fsync says are there", FAULTS)
                        .replacing(
                                WRITER,
                                "            file.sync();\n            synced();",
                                "            try {\n                file.sync();\n            } catch (IOException e) {\n"
                                        + "                file.sync();\n            }\n            synced();"),
                Mutant.named("a log that goes on after a failed sync", "entries behind the failed one", FAULTS)
                        .replacing(COMMIT, "batch.fail(health.fail(e));", "batch.succeed();"),
                Mutant.named("directory fsync retried after it failed", "truncations, consumers' positions", FAULTS)
                        .replacing(
                                FILE + "SyncedDirectory.java",
                                "            failure = e;\n            throw e;",
                                "            disk.syncDirectory(name);"),
                Mutant.named("a full disk that ends a register write half done", "the manifest", FAULTS)
                        .replacing(
                                REGISTERS,
                                "            if (spare == null) {\n                throw e;\n            }\n            prepared = spare;",
                                "            if (spare == null) {\n                return;\n            }\n            prepared = spare;"),
                Mutant.named(
                                "a segment's file left open when creating it fails",
                                "handles, until there are no more",
                                FAULTS)
                        .replacing(
                                CLAIM,
                                "            writers.remove(id);\n            writer.close();",
                                "            writers.remove(id);"),
                Mutant.named(
                                "a register's write that failed taken for done",
                                "truncations, consumers' positions",
                                REQUESTS)
                        .replacing(
                                OWNED,
                                "            } catch (VersionConflictException e) {\n                long epoch",
                                "            } catch (IOException e) {\n                if (!(e instanceof StoreException)) {\n"
                                        + "                    current = next;\n                    return next;\n"
                                        + "                }\n                long epoch"),
                Mutant.named(
                                "a segment's writer left open when naming it fails",
                                "handles, until there are no more",
                                REQUESTS)
                        .replacing(
                                SEGMENTS,
                                "            next.release(); // not deleted: perhaps it is named by now\n",
                                ""),
                Mutant.named("quarantined segments counted in D", "an intact log after salvage", SALVAGE)
                        .replacing(
                                CORE + "recovery/RecoveryScan.java",
                                "        List<LogManifest.Segment> open = manifest.segments(LogManifest.State.OPEN);\n"
                                        + "        Deque",
                                "        List<LogManifest.Segment> open = new ArrayList<>(manifest.segments());\n"
                                        + "        open.removeIf(s -> s.is(LogManifest.State.SEALED));\n        Deque"),
                Mutant.named("durable index stamped too late", "acknowledged entries, without a word", ZEROS)
                        .replacing(
                                CHAIN,
                                "now.append(batch, firstIndex, tail.durable(), time(), sync);",
                                "now.append(batch, firstIndex, 0, time(), sync);"),
                Mutant.named("WATERMARK not counted", "the last acknowledged entries, without a word", ROT)
                        .replacing(MARKS, "return found == null ? 0 : found.mark().synced();", "return 0;"),
                Mutant.named("entry check without its index", "an entry, for which another is read", OFFSETS)
                        .replacing(
                                CORE + "commit/BatchBuffer.java",
                                "Checks.bind(crc, salt, entry, length)",
                                "Checks.bind(crc, salt, 0, length)")
                        .replacing(
                                CORE + "segment/ReadableSegment.java",
                                "Checks.check(copy, 0, copy.length, salt, entry)",
                                "Checks.check(copy, 0, copy.length, salt, 0)")
                        .replacing(
                                CORE + "segment/ReadableSegment.java",
                                "Checks.check(content, salt, entry)",
                                "Checks.check(content, salt, 0)"));
    }
}
