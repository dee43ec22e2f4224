package io.jwal.benchmarks.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB with the index as an 8-byte big-endian key: no compression, recycled log files (so that a durable append does
 * not change a file's length), maps for reading, and a memtable so large that no run of appends waits for a flush.
 */
final class RocksDbLog implements Peer {
    private static final long MEMTABLE_BYTES = 512L << 20;

    private final Options options;
    private final WriteOptions writing;
    private final RocksDB db;
    private final boolean durable;
    private final ReadOptions reading = new ReadOptions();
    private final AtomicLong last = new AtomicLong();

    private RocksDbLog(Options options, WriteOptions writing, RocksDB db, boolean durable) {
        this.options = options;
        this.writing = writing;
        this.db = db;
        this.durable = durable;
    }

    static RocksDbLog open(Path directory, PeerOptions peer) throws Exception {
        Files.createDirectories(directory);
        RocksDB.loadLibrary();
        Options options = new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setRecycleLogFileNum(4)
                .setAllowMmapReads(true);
        RocksDB db = RocksDB.open(options, directory.toString());
        RocksDbLog log = new RocksDbLog(options, new WriteOptions().setSync(peer.durable()), db, peer.durable());
        try (RocksIterator end = db.newIterator()) {
            end.seekToLast();
            log.last.set(end.isValid() ? ByteBuffer.wrap(end.key()).getLong() : 0);
        }
        return log;
    }

    private static byte[] key(long index) {
        return ByteBuffer.allocate(Long.BYTES).putLong(index).array();
    }

    @Override
    public void append(byte[] entry) throws Exception {
        db.put(writing, key(last.incrementAndGet()), entry);
    }

    @Override
    public void appendAll(List<byte[]> entries) throws Exception {
        try (WriteBatch batch = new WriteBatch()) {
            for (byte[] entry : entries) {
                batch.put(key(last.incrementAndGet()), entry);
            }
            db.write(writing, batch);
        }
    }

    @Override
    public void flush() throws Exception {
        db.flushWal(true);
    }

    @Override
    public Scan scan() throws Exception {
        long entries = 0;
        long stamps = 0;
        ByteBuffer value = ByteBuffer.allocateDirect(1 << 16);
        try (RocksIterator each = db.newIterator(reading)) {
            for (each.seekToFirst(); each.isValid(); each.next()) {
                value.clear();
                each.value(value);
                stamps += Entries.stamp(value);
                entries++;
            }
        }
        return new Scan(entries, stamps);
    }

    @Override
    public long read(long index) throws Exception {
        return Entries.stamp(db.get(reading, key(index)));
    }

    @Override
    public void dropBefore(long index) throws Exception {
        db.deleteRange(writing, key(0), key(index));
        if (durable) {
            db.flushWal(true);
        }
    }

    @Override
    public void close() throws IOException {
        try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            db.flush(waiting);
        } catch (RocksDBException e) {
            throw new IOException("the memtable was not written", e);
        }
        reading.close();
        writing.close();
        db.close();
        options.close();
    }
}
