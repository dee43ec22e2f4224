package io.jwal.store.s3.simulator;

import io.jwal.store.tck.mutant.Mutant;
import io.jwal.store.tck.mutant.Mutant.Killer;
import java.util.List;

/**
 * Mistakes in the protocol, each with what it would lose. Those of the store are made in the store, those of the engine in
 * its model.
 *
 * <p>Not in the list is what loses nothing by itself, since something else stands behind it: that the store looks for the
 * sealed object after the fence stands, and once more when parts are missing (a seal adds no entry, and parts go only
 * after a manifest that calls the segment sealed); that a seal waits for parts (the engine has synced before it, so the
 * mutant here leaves out both); that sealed bytes are verified (no other writer has the same name).
 */
final class ProtocolMutants {
    private static final String MAIN = "src/main/java/io/jwal/store/s3/";
    private static final String MODEL = "src/test/java/io/jwal/store/s3/simulator/";
    private static final String FENCES = MAIN + "protocol/Fences.java";
    private static final String REGISTERS = MAIN + "protocol/Registers.java";
    private static final String TIDYING = MAIN + "protocol/Tidying.java";
    private static final String UPLOADS = MAIN + "write/PartUploads.java";
    private static final String SEALING = MAIN + "write/SealedUpload.java";
    private static final String WRITER = MAIN + "write/S3SegmentWriter.java";
    private static final String LISTING = MAIN + "read/PartListing.java";
    private static final String READERS = MAIN + "read/SegmentReaders.java";
    private static final String PARTS = MAIN + "read/FoundParts.java";
    private static final String ENGINE = MODEL + "ModelWriter.java";

    private static final Killer TWO = Killer.of(ProtocolExplorationTest.class, "twoWritersByChance");
    private static final Killer MANY = Killer.of(ProtocolExplorationTest.class, "takeoversByChance");
    private static final Killer NEW = Killer.of(ProtocolExplorationTest.class, "everyRunOfTwoWritersOnANewLog");
    private static final Killer ROLLING =
            Killer.of(ProtocolExplorationTest.class, "everyRunOfAWriterThatIsReplacedWhileItRolls");
    private static final Killer SHORT = Killer.of(ProtocolExplorationTest.class, "aTakeoverByChance");
    private static final Killer BIG = Killer.of(ProtocolExplorationTest.class, "segmentsUploadedInPiecesByChance");
    private static final Killer UNCACHED =
            Killer.of(ProtocolExplorationTest.class, "takeoversByChanceWithNothingKeptInMemory");

    private ProtocolMutants() {}

    static List<Mutant> all() {
        return List.of(
                // Fences
                Mutant.named("fence at the highest number plus one", "a late part fills the gap below the fence", SHORT)
                        .replacing(
                                LISTING,
                                "if (part.number() != expected || part.size() == PartHeader.BYTES) {",
                                "if (part.size() == PartHeader.BYTES) {")
                        .replacing(LISTING, "expected++;", "expected = part.number() + 1;"),
                Mutant.named("a data part at the number is taken for the fence", "the old writer goes on", SHORT)
                        .replacing(
                                FENCES,
                                "if (there.isPresent() && there.get().isFence()) {",
                                "if (there.isPresent()) {"),
                Mutant.named("a standing fence is not final", "parts below the second one seem to be missing", MANY)
                        .replacing(
                                FENCES,
                                "there.isPresent() && there.get().isFence()",
                                "there.isPresent() && there.get().epoch() == epoch"),
                Mutant.named("fence deleted", "a writer that slept creates the number again", MANY)
                        .replacing(
                                TIDYING,
                                "return !named.isSealed() && object.size() == PartHeader.BYTES;",
                                "return false;"),
                // Parts
                Mutant.named("412 taken for success", "a fenced writer acknowledges", TWO)
                        .replacing(
                                UPLOADS,
                                "tag.isPresent() ? tag.get() : tagOfOwn(header, key)",
                                "tag.isPresent() ? tag.get() : \"\""),
                Mutant.named("any data part taken for one's own", "two writers of one segment acknowledge", TWO)
                        .replacing(UPLOADS, "there.header().nonce().equals(header.nonce())", "true"),
                Mutant.named(
                                "one's own part taken for another's",
                                "a lost answer ends a writer that nobody replaced",
                                TWO)
                        .replacing(UPLOADS, "there.header().nonce().equals(header.nonce())", "false"),
                Mutant.named("acknowledged out of order", "an entry behind a hole is acknowledged", TWO)
                        .replacing(
                                UPLOADS,
                                "sent.stored = part;",
                                "sent.stored = part;\n            if (part != null) {\n                sent.promise.complete(sent.end);\n            }"),
                Mutant.named("a failed part forgotten", "entries behind a hole are acknowledged", TWO)
                        .replacing(UPLOADS, "failure = first.cause;", "failure = null;")
                        .replacing(UPLOADS, "Throwable failed = failure;", "Throwable failed = first.cause;"),
                Mutant.named("a part claims what is still under way", "a tear is taken for damage", TWO)
                        .replacing(UPLOADS, "long claim = Math.min(stored, wanted);", "long claim = position;"),
                Mutant.named("a sync that does not wait", "the manifest names a segment that has no header", TWO)
                        .replacing(
                                WRITER,
                                "uploads.want(written.end());\n            medium.requests().await(uploads.last());\n",
                                "uploads.want(written.end());\n"),
                // Sealing
                Mutant.named("a seal does not wait for parts", "entries are missing in the sealed segment", MANY)
                        .replacing(
                                WRITER,
                                "            medium.requests().await(uploads.last());\n            takeStored();\n            sealed.seal(gathered);",
                                "            takeStored();\n            sealed.seal(gathered);")
                        .replacing(ENGINE, "        awaitDurable();\n        old.seal();", "        old.seal();"),
                Mutant.named("a seal that carries unsynced entries", "what a fenced writer sealed is acknowledged", TWO)
                        .replacing(
                                ENGINE,
                                "lastSync = now.writer().syncAsync();",
                                "lastSync = ahead != null ? lastSync : now.writer().syncAsync();"),
                Mutant.named("parts deleted before the manifest says sealed", "an older reader finds a hole", MANY)
                        .replacing(
                                TIDYING,
                                "        superfluous.put(id, superfluousNow);",
                                "        inBackground(\"parts\", () -> storage.delete(superfluousNow));"),
                Mutant.named(
                                "one's own sealed object taken for another's",
                                "a lost answer ends a writer that nobody replaced",
                                BIG)
                        .replacing(
                                SEALING,
                                "        if (found.size() == end.length()",
                                "        if (created && found.size() == end.length()"),
                Mutant.named("uploads of later writers given up", "a sound writer fails", BIG)
                        .replacing(
                                TIDYING,
                                ".filter(named -> named.segment().epoch() < epoch)",
                                ".filter(named -> named.segment().epoch() > 0)"),
                // Reading
                Mutant.named("a hole taken for the end", "acknowledged entries behind it are dropped", MANY)
                        .replacing(
                                READERS,
                                "        if (parts.next() < fence) {\n            throw",
                                "        if (fence < 0) {\n            throw"),
                Mutant.named("a fence is not looked at by readers", "entries above a fence are read", TWO)
                        .replacing(
                                PARTS,
                                "            fenced = true;\n            return;",
                                "            next++;\n            return;"),
                // Registers
                Mutant.named("equal manifest bytes of two writers", "both believe that they own the log", TWO)
                        .replacing(REGISTERS, "opener = Nonce.random()", "opener = new Nonce(1, 1)"),
                Mutant.named("a register's conflict taken for success", "both believe that they own the log", TWO)
                        .replacing(REGISTERS, "now.get().value().isSameWrite(mine)", "now.isPresent()"),
                Mutant.named(
                                "a register's own write taken for a conflict",
                                "a lost answer ends a writer that nobody replaced",
                                TWO)
                        .replacing(REGISTERS, "now.get().value().isSameWrite(mine)", "now.isEmpty()"),
                // The engine's part
                // The store's own look for `.seg` loses nothing before the fence either; the scan, which takes what it
                // sees
                // for all there is, looks at `.seg` and at parts, and stands for both
                Mutant.named(
                                "`.seg` looked for before fencing: the scan comes before the fences",
                                "what is stored between is lost",
                                TWO)
                        .replacing(
                                ENGINE,
                                "        for (LogManifest.Segment open : replaced) {\n            store.fenceSegment(open.id());\n        }\n        ModelScan scan = ModelScan.of(store, manifest.current());\n",
                                "        ModelScan scan = ModelScan.of(store, manifest.current());\n        for (LogManifest.Segment open : replaced) {\n            store.fenceSegment(open.id());\n        }\n"),
                Mutant.named("a collector that trusts an old manifest", "what its successor made is deleted", TWO)
                        .replacing(ENGINE, " && id.epoch() < epoch()", ""),
                Mutant.named("ids shared between epochs", "a writer deletes or writes its successor's segments", MANY)
                        .replacing(
                                ENGINE,
                                "new SegmentId(epoch(), ++sequence)",
                                "new SegmentId(1, manifest.current().segments().stream().mapToInt(segment -> segment.id().sequence()).max().orElse(0) + 1)"),
                Mutant.named(
                                "a hole reported without reading the manifest again",
                                "a writer that was replaced reports damage",
                                MANY)
                        .replacing(
                                ENGINE,
                                "            if (!isReplaced()) {\n",
                                "            if (!isReplaced() || e instanceof io.jwal.store.StoreCorruptException) {\n"),
                Mutant.named(
                                "a follower reports damage without reading the manifest again",
                                "a log that is sound seems damaged",
                                UNCACHED)
                        .replacing(
                                MODEL + "ModelFollower.java",
                                "                if (version()",
                                "                if (true || version()"),
                Mutant.named(
                                "a `state` register not stamped with the new epoch",
                                "a replaced writer takes it over again",
                                ROLLING)
                        .replacing(
                                MODEL + "ModelRegister.java",
                                "epoch -> state -> new State(epoch, state.position)",
                                "epoch -> state -> state"),
                Mutant.named("a `state` register not written back", "a position goes back", TWO)
                        .replacing(
                                ENGINE, "        state.takeOver(epoch(), epoch() - 1);\n", "        state.adopt();\n")
                        .replacing(MODEL + "ModelRegister.java", "    /** The value that was taken over. */\n", """
                                void adopt() throws IOException {
                                    if (isAbsent()) {
                                        takeOver(1, 1);
                                    } else {
                                        Register found = store.readRegister(kind.name).orElseThrow();
                                        current = kind.decoder.decode(found.content());
                                        version = found.version();
                                    }
                                }
                                """),
                Mutant.named("a copy named before it is durable", "what was recovered is lost by the next crash", TWO)
                        .replacing(ENGINE, "                copies.get(copies.size() - 1).writer().sync();\n", ""),
                Mutant.named("dropped segments deleted before the manifest is written", "a live log is deleted", MANY)
                        .replacing(
                                ENGINE,
                                "        update(segments, dropped.lastIndex() + 1, durable);\n        delete(List.of(dropped));\n",
                                "        delete(List.of(dropped));\n        update(segments, dropped.lastIndex() + 1, durable);\n"),
                Mutant.named("fences what was open at first sight", "a segment named meanwhile goes on", TWO)
                        .replacing(MODEL + "ModelRegister.java", "                replaced = old;\n", ""),
                Mutant.named("a log without a manifest is judged without looking again", "a new log seems damaged", NEW)
                        .replacing(
                                ENGINE,
                                " && manifest.isAbsent()) {\n            throw new StoreException(",
                                ") {\n            throw new IllegalStateException("),
                Mutant.named("a segment written before the manifest names it", "its entries are lost", TWO)
                        .replacing(
                                ENGINE,
                                "            now = create();\n            named(now);\n",
                                "            now = create();\n"));
    }
}
