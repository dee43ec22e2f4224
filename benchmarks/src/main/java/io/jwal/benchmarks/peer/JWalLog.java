package io.jwal.benchmarks.peer;

import io.jwal.Cursor;
import io.jwal.Durability;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.file.FileStoreConfig;
import java.nio.file.Path;
import java.util.List;

/** JWal on its file store with every option at its default, the durability excepted. */
public final class JWalLog implements Peer {
    private final Wal wal;

    private JWalLog(Wal wal) {
        this.wal = wal;
    }

    static JWalLog open(Path directory, PeerOptions options) {
        return new JWalLog(JWal.open(config(directory, options.durable()).build()));
    }

    /** The options, to be changed by a work that asks for others. */
    public static WalConfig.Builder config(Path directory, boolean durable) {
        return WalConfig.builder()
                .store(new FileStoreConfig(directory))
                .durability(durable ? Durability.SYNC : Durability.NONE);
    }

    /** The same with segments of that size. */
    public static WalConfig.Builder config(Path directory, boolean durable, long segmentBytes) {
        ByteSize size = ByteSize.ofBytes(segmentBytes);
        return config(directory, durable).segmentSize(size);
    }

    @Override
    public void append(byte[] entry) {
        wal.append(entry);
    }

    @Override
    public void appendAll(List<byte[]> entries) {
        wal.appendAll(entries);
    }

    @Override
    public void flush() {
        wal.sync();
    }

    @Override
    public Scan scan() {
        long entries = 0;
        long stamps = 0;
        try (Cursor cursor = wal.cursor(wal.firstIndex())) {
            while (cursor.next()) {
                stamps += Entries.stamp(cursor.entry());
                entries++;
            }
        }
        return new Scan(entries, stamps);
    }

    @Override
    public long read(long index) {
        return Entries.stamp(wal.read(index));
    }

    @Override
    public void dropBefore(long index) {
        wal.truncateBefore(index);
    }

    @Override
    public void close() {
        wal.close();
    }
}
