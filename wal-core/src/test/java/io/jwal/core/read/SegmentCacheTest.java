package io.jwal.core.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.CrashMedium;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentCacheTest {
    private final CrashMedium medium = new CrashMedium();
    private final AtomicLong nanos = new AtomicLong();
    private List<LogManifest.Segment> sealed;
    private Store store;
    private SegmentCache cache;

    @BeforeEach
    void writeSomeSegments() throws IOException {
        try (Wal wal = JWal.open(WalConfig.builder()
                .store(medium.open())
                .segmentSize(ByteSize.ofKibibytes(4))
                .maxEntry(ByteSize.ofKibibytes(4))
                .maxBatch(ByteSize.ofKibibytes(4))
                .build())) {
            while (wal.stats().segments().sealed() < 2) {
                wal.append(new byte[1000]);
            }
        }
        store = medium.open();
        sealed = LogManifest.decode(
                        store.readRegister(LogManifest.REGISTER).orElseThrow().content())
                .segments(LogManifest.State.SEALED);
        cache = new SegmentCache(store, 1 << 20, nanos::get);
    }

    @AfterEach
    void close() throws IOException {
        cache.close();
        store.close();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void oneThatIsUsedNowAndThenStaysOpen() throws IOException {
        ReadableSegment first = cache.acquire(sealed.get(0));
        first.release();
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(50));
            assertThat(cache.acquire(sealed.get(0))).isSameAs(first);
            first.release();
        }
    }

    @Test
    void oneThatNobodyUsesAnyMoreIsClosed() throws IOException {
        ReadableSegment first = cache.acquire(sealed.get(0));
        pass(Duration.ofSeconds(61));
        cache.acquire(sealed.get(1)).release();
        assertThat(first.acquire()).as("still in use").isTrue();
        first.release();
        first.release();
        assertThat(first.acquire()).as("used by nobody").isFalse();
    }
}
