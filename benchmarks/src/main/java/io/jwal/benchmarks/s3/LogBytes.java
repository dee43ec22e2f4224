package io.jwal.benchmarks.s3;

import io.jwal.Cursor;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.benchmarks.peer.Entries;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.Secret;
import io.jwal.store.s3.S3StoreConfig;
import java.util.ArrayList;
import java.util.List;

/** JWal, with commits as large as docs/s3.md advises for throughput and every other option at its default. */
final class LogBytes implements Bytes {
    private static final ByteSize COMMIT = ByteSize.ofMebibytes(8);
    private static final int BATCH = 1000;

    private final Place place;

    LogBytes(Place place) {
        this.place = place;
    }

    private WalConfig config(String prefix) {
        S3StoreConfig store = S3StoreConfig.builder(place.bucket())
                .prefix(prefix)
                .region(place.server().region())
                .endpoint(place.server().endpoint().toString())
                .credentials(
                        new Secret(place.server().accessKey()),
                        new Secret(place.server().secretKey()))
                .build();
        return WalConfig.builder().store(store).commitMaxBytes(COMMIT).build();
    }

    /** Closing the log waits for what is under way. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void append(String prefix, int entries) {
        byte[] template = Entries.template(ENTRY);
        try (Wal wal = JWal.open(config(prefix))) {
            List<byte[]> batch = new ArrayList<>(BATCH);
            for (int index = 1; index <= entries; index++) {
                byte[] entry = template.clone();
                Entries.stamp(entry, index);
                batch.add(entry);
                if (batch.size() == BATCH || index == entries) {
                    wal.appendAllAsync(batch);
                    batch = new ArrayList<>(BATCH);
                }
            }
            wal.sync();
        }
    }

    @Override
    public void scan(String prefix, int entries) {
        long stamps = 0;
        try (WalReader reader = JWal.openReader(config(prefix));
                Cursor cursor = reader.cursor(1)) {
            while (cursor.next()) {
                stamps += Entries.stamp(cursor.entry());
            }
        }
        long wanted = (long) entries * (entries + 1) / 2;
        if (stamps != wanted) {
            throw new IllegalStateException("the scan saw stamps of " + stamps + ", not " + wanted);
        }
    }
}
