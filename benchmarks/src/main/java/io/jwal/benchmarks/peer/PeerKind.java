package io.jwal.benchmarks.peer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The logs that are compared, each with the settings that favour it. */
public enum PeerKind {
    RAW("raw file", "the raw loop"),
    RAW_PREALLOCATED("raw file, preallocated", "the raw loop over synced zeros"),
    SDK(
            "bare AWS SDK",
            "one request after the other: PUT of parts of 8 MiB, copied by the server into objects of 64 MiB and deleted;"
                    + " GET of 1 MiB, of the log's own objects; the SDK's default checksums"),
    JWAL("JWal", "defaults; NONE where nothing has to be durable; commits of 8 MiB on S3"),
    ARTEMIS(
            "Artemis journal",
            "NIO; buffer timeout = the disk's sync time; no buffer for one durable thread; no compaction"),
    CHRONICLE(
            "Chronicle Queue",
            "256 MiB blocks, one daily cycle, an appender a thread; durable = sync() after the append, SyncMode.SYNC"),
    ROCKSDB(
            "RocksDB",
            "no compression, recycled log files, maps for reading, a memtable of 512 MiB; durable = WAL synced"),
    LMDB(
            "LMDB",
            "integer keys, MDB_APPEND; not durable = MDB_WRITEMAP, MDB_NOSYNC, MDB_NOMEMINIT; it has no checksums"),
    KAFKA("Kafka storage", "UnifiedLog alone, no compression, segments of 64 MiB, preallocated where durable"),
    TIDWALL("tidwall/wal (Go)", "binary format, NoCopy, 16 segments cached, its default segments of 20 MB");

    private final String title;
    private final String settings;

    PeerKind(String title, String settings) {
        this.title = title;
        this.settings = settings;
    }

    /** What reports call it. */
    public String title() {
        return title;
    }

    /** The settings that it is measured with. */
    public String settings() {
        return settings;
    }

    /** Whether it is no log, but what a log is held against. */
    public boolean isBareLoop() {
        return this == RAW || this == RAW_PREALLOCATED || this == SDK;
    }

    /** What the command line calls it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The peer of that id. */
    public static PeerKind of(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no peer \"" + id + "\"; there are " + ids()));
    }

    private static List<String> ids() {
        return Arrays.stream(values()).map(PeerKind::id).toList();
    }

    /** Opens the log in that directory, which is made when it is missing. */
    public Peer open(Path directory, PeerOptions options) throws Exception {
        return switch (this) {
            case RAW -> RawFile.growing(directory, options);
            case RAW_PREALLOCATED -> RawFile.preallocated(directory, options);
            case JWAL -> JWalLog.open(directory, options);
            case ARTEMIS -> ArtemisJournal.open(directory, options);
            case CHRONICLE -> ChronicleQueueLog.open(directory, options);
            case ROCKSDB -> RocksDbLog.open(directory, options);
            case LMDB -> LmdbLog.open(directory, options);
            case KAFKA -> KafkaLog.open(directory, options);
            case SDK -> throw new UnsupportedOperationException("has no directory, but a bucket");
            case TIDWALL -> throw new UnsupportedOperationException("runs in a process of its own, written in Go");
        };
    }
}
