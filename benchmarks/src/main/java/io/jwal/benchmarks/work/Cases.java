package io.jwal.benchmarks.work;

import static io.jwal.benchmarks.peer.PeerKind.ARTEMIS;
import static io.jwal.benchmarks.peer.PeerKind.CHRONICLE;
import static io.jwal.benchmarks.peer.PeerKind.JWAL;
import static io.jwal.benchmarks.peer.PeerKind.KAFKA;
import static io.jwal.benchmarks.peer.PeerKind.LMDB;
import static io.jwal.benchmarks.peer.PeerKind.RAW;
import static io.jwal.benchmarks.peer.PeerKind.RAW_PREALLOCATED;
import static io.jwal.benchmarks.peer.PeerKind.ROCKSDB;
import static io.jwal.benchmarks.peer.PeerKind.SDK;
import static io.jwal.benchmarks.peer.PeerKind.TIDWALL;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.s3.Bytes;
import io.jwal.benchmarks.work.Case.Load;
import java.util.List;
import java.util.stream.Stream;

/** All rows, in the order of the report. A new row is one more line here, and a {@link Work} that does it. */
public final class Cases {
    private static final List<PeerKind> DURABLE =
            List.of(RAW, RAW_PREALLOCATED, JWAL, ARTEMIS, CHRONICLE, ROCKSDB, LMDB, KAFKA, TIDWALL);
    private static final List<PeerKind> SHARED = List.of(RAW, JWAL, ARTEMIS, CHRONICLE, ROCKSDB, LMDB, KAFKA, TIDWALL);
    private static final List<PeerKind> READ = List.of(RAW, JWAL, CHRONICLE, ROCKSDB, LMDB, KAFKA, TIDWALL);
    private static final List<PeerKind> KEPT = List.of(JWAL, ROCKSDB, LMDB, KAFKA, TIDWALL);
    private static final List<PeerKind> KEPT_IN_JAVA = List.of(JWAL, ROCKSDB, LMDB, KAFKA);
    private static final List<PeerKind> ALONE = List.of(JWAL);

    private static final int MILLION = 1_000_000;
    private static final int SMALL = 128;
    private static final int KIB = 1024;
    private static final String NEW = "";

    private static final List<Case> ALL = List.of(
            durable(
                    "W1/128B",
                    "durable append, 1 thread, 128 B",
                    DURABLE,
                    SMALL,
                    1,
                    Goal.ofRaw(1.0, 1.4).andFirst()),
            durable(
                    "W1/1KiB",
                    "durable append, 1 thread, 1 KiB",
                    DURABLE,
                    KIB,
                    1,
                    Goal.ofRaw(1.0, 1.4).andFirst()),
            durable("W2/16", "durable append, 16 threads, 128 B", SHARED, SMALL, 16, Goal.of(ARTEMIS, 1.2, 1.6)),
            durable("W2/64", "durable append, 64 threads, 128 B", SHARED, SMALL, 64, Goal.of(ARTEMIS, 1.2, 1.6)),
            new Case(
                    "W3/1000",
                    "batches of 1000 × 128 B, durable",
                    Unit.PER_SECOND,
                    DURABLE,
                    Goal.ofRaw(1.7, 2.5),
                    new Load(0, SMALL, 1),
                    NEW,
                    new BatchAppend()),
            buffered("W4/128B", "append without sync, 128 B, last flush included", MILLION, SMALL),
            buffered("W4/1KiB", "append without sync, 1 KiB, last flush included", MILLION / 4, KIB),
            new Case(
                    "W5/scan",
                    "scan of 1,000,000 × 128 B",
                    Unit.PER_SECOND,
                    READ,
                    Goal.ofRaw(1.0, 1.5).andFirst(),
                    new Load(MILLION, SMALL, 1),
                    "1M",
                    new WholeScan()),
            new Case(
                    "W6/random",
                    "random reads of 1,000,000 × 128 B",
                    Unit.PER_SECOND,
                    READ,
                    Goal.ofRaw(0.5, 0.9),
                    new Load(MILLION, SMALL, 1),
                    "1M",
                    new RandomReads()),
            large(
                    "W7/clean",
                    "open 10,000,000 × 128 B, closed in order",
                    Unit.MILLIS,
                    "10M",
                    50,
                    10,
                    new CleanOpening()),
            large(
                    "W7/crash",
                    "open 10,000,000 × 128 B after a crash, against its open segment alone",
                    Unit.TIMES,
                    "10M-open",
                    2,
                    1.2,
                    new CrashOpening()),
            footprint("W8/heap", "heap with 10,000,000 × 128 B open", KEPT_IN_JAVA, 24, 12, Footprint.ofHeap()),
            footprint("W8/rss", "resident set with 10,000,000 × 128 B open", KEPT, 120, 80, Footprint.ofResidentSet()),
            new Case(
                    "W9/half",
                    "drop the older half of 2,000,000 × 128 B",
                    Unit.MILLIS,
                    KEPT,
                    Goal.within(20, 5),
                    new Load(2 * MILLION, SMALL, 1),
                    NEW,
                    new FrontDrop()),
            new Case(
                    "W10/rolls",
                    "durable append p99.9 across segment rolls, against between them, 1 KiB",
                    Unit.TIMES,
                    ALONE,
                    Goal.within(2, 1.2),
                    new Load(0, KIB, 1),
                    NEW,
                    new RollStall()),
            new Case(
                    "W11/tail",
                    "append returned → seen by a waiting cursor, p50",
                    Unit.MICROS,
                    List.of(RAW, JWAL),
                    Goal.within(100, 30),
                    new Load(0, SMALL, 1),
                    NEW,
                    new Tailing()),
            onS3("W12/append", "256 MiB × 1 KiB appended to a bucket", new S3Append()),
            onS3("W12/scan", "256 MiB × 1 KiB in a bucket scanned", new S3Scan()),
            new Case(
                    "W13/archiver",
                    "durable append p99 with the archiver busy, against files alone, 1 KiB",
                    Unit.TIMES,
                    ALONE,
                    Goal.within(1.5, 1.1),
                    new Load(0, KIB, 1),
                    NEW,
                    new ArchiverStall()));

    /** One log for each row, which its cases make larger and larger. */
    private static final List<Case> GROWTH = List.of(
            growth("G1/1M", "a log of 1,000,000 × 32 B", MILLION, 32, new EntryGrowth()),
            growth("G1/10M", "a log of 10,000,000 × 32 B", 10 * MILLION, 32, new EntryGrowth()),
            growth("G1/100M", "a log of 100,000,000 × 32 B", 100 * MILLION, 32, new EntryGrowth()),
            growth("G2/10", "a log of 10 segments", 10, KIB, new SegmentGrowth()),
            growth("G2/1000", "a log of 1,000 segments", 1_000, KIB, new SegmentGrowth()),
            growth("G2/20000", "a log of 20,000 segments", 20_000, KIB, new SegmentGrowth()));

    private Cases() {}

    /** All of them. */
    public static List<Case> all() {
        return ALL;
    }

    /** How cost grows, in the order in which logs grow. */
    public static List<Case> growth() {
        return GROWTH;
    }

    /** The case of that id. */
    public static Case of(String id) {
        return Stream.concat(ALL.stream(), GROWTH.stream())
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case \"" + id + "\""));
    }

    private static Case durable(String id, String title, List<PeerKind> peers, int size, int threads, Goal goal) {
        return new Case(id, title, Unit.PER_SECOND, peers, goal, new Load(0, size, threads), NEW, new DurableAppend());
    }

    private static Case buffered(String id, String title, int entries, int size) {
        Goal goal = Goal.ofRaw(1.5, 4).andFirst();
        return new Case(
                id, title, Unit.PER_SECOND, SHARED, goal, new Load(entries, size, 1), NEW, new BufferedAppend());
    }

    private static Case large(String id, String title, Unit unit, String prepared, double most, double aim, Work work) {
        List<PeerKind> peers = work instanceof CrashOpening ? ALONE : KEPT;
        Load load = new Load(10 * MILLION, SMALL, 1);
        return new Case(id, title, unit, peers, Goal.within(most, aim), load, prepared, work);
    }

    private static Case onS3(String id, String title, Work work) {
        Goal goal = Goal.of(SDK, 0.8, 0.95);
        Load load = new Load(256 * KIB, Bytes.ENTRY, 1);
        return new Case(id, title, Unit.MEGABYTES_PER_SECOND, List.of(SDK, JWAL), goal, load, NEW, work);
    }

    private static Case growth(String id, String title, int size, int bytes, Work work) {
        Unit unit = work instanceof EntryGrowth ? Unit.NANOS : Unit.MICROS;
        String log = id.substring(0, id.indexOf('/'));
        return new Case(id, title, unit, ALONE, Goal.NONE, new Load(size, bytes, 1), log, work);
    }

    private static Case footprint(String id, String title, List<PeerKind> peers, double most, double aim, Work work) {
        Load load = new Load(10 * MILLION, SMALL, 1);
        return new Case(id, title, Unit.MEGABYTES, peers, Goal.within(most, aim), load, "10M", work);
    }
}
