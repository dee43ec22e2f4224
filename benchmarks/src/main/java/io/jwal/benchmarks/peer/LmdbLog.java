package io.jwal.benchmarks.peer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/**
 * LMDB with the index as an integer key of the machine's byte order, appended in order; a transaction for each append, and
 * where nothing has to be durable a writable map with no sync. It has no checksums, so none is checked.
 */
final class LmdbLog implements Peer {
    private static final long MAP_BYTES = 64L << 30;

    private final Env<ByteBuffer> env;
    private final Dbi<ByteBuffer> db;
    private final ByteBuffer key = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
    private final ReentrantLock lock = new ReentrantLock();
    private long last;

    private LmdbLog(Env<ByteBuffer> env) {
        this.env = env;
        this.db = env.openDbi((String) null, DbiFlags.MDB_CREATE, DbiFlags.MDB_INTEGERKEY);
    }

    static LmdbLog open(Path directory, PeerOptions options) throws Exception {
        Files.createDirectories(directory);
        EnvFlags[] flags = options.durable()
                ? new EnvFlags[] {EnvFlags.MDB_NORDAHEAD}
                : new EnvFlags[] {EnvFlags.MDB_NOSYNC, EnvFlags.MDB_WRITEMAP, EnvFlags.MDB_NOMEMINIT};
        LmdbLog log = new LmdbLog(Env.create().setMapSize(MAP_BYTES).open(directory.toFile(), flags));
        try (Txn<ByteBuffer> txn = log.env.txnRead();
                Cursor<ByteBuffer> cursor = log.db.openCursor(txn)) {
            log.last =
                    cursor.last() ? cursor.key().order(ByteOrder.nativeOrder()).getLong(0) : 0;
        }
        return log;
    }

    @Override
    public void append(byte[] entry) {
        lock.lock();
        try (Txn<ByteBuffer> txn = env.txnWrite()) {
            put(txn, entry);
            txn.commit();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void appendAll(List<byte[]> entries) {
        lock.lock();
        try (Txn<ByteBuffer> txn = env.txnWrite()) {
            entries.forEach(entry -> put(txn, entry));
            txn.commit();
        } finally {
            lock.unlock();
        }
    }

    private void put(Txn<ByteBuffer> txn, byte[] entry) {
        key.putLong(0, ++last);
        db.reserve(txn, key, entry.length, PutFlags.MDB_APPEND).put(entry);
    }

    @Override
    public void flush() {
        env.sync(true);
    }

    @Override
    public Scan scan() {
        long entries = 0;
        long stamps = 0;
        try (Txn<ByteBuffer> txn = env.txnRead();
                Cursor<ByteBuffer> cursor = db.openCursor(txn)) {
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                stamps += Entries.stamp(cursor.val());
                entries++;
            }
        }
        return new Scan(entries, stamps);
    }

    @Override
    public long read(long index) {
        key.putLong(0, index);
        try (Txn<ByteBuffer> txn = env.txnRead()) {
            return Entries.stamp(db.get(txn, key));
        }
    }

    @Override
    public void dropBefore(long index) {
        try (Txn<ByteBuffer> txn = env.txnWrite()) {
            try (Cursor<ByteBuffer> cursor = db.openCursor(txn)) {
                while (cursor.first()
                        && cursor.key().order(ByteOrder.nativeOrder()).getLong(0) < index) {
                    cursor.delete();
                }
            }
            txn.commit();
        }
    }

    @Override
    public void close() {
        env.close();
    }
}
