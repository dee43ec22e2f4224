package io.jwal.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.core.segment.BatchScan;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.LogMedium;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A follower looks at open segments while they are written; what it sees late is no damage. */
@ExtendWith(LogMediaResolver.class)
class RecoveryScanBesideWriterTest {
    private final LogMedium medium;

    RecoveryScanBesideWriterTest(LogMedia media) {
        medium = media.next();
    }

    @Test
    void whatTheWriterAppendsBetweenTwoLooksIsNoDamage() throws IOException {
        try (Wal wal = JWal.open(WalConfig.builder()
                        .store(medium.open())
                        .commitMaxDelay(Duration.ZERO)
                        .segmentSize(ByteSize.ofKibibytes(4))
                        .build());
                Store store = medium.open()) {
            Awaitility.await().until(() -> {
                wal.append(new byte[100]);
                return manifest(store).segments(LogManifest.State.OPEN).size() == 2;
            });
            LogManifest manifest = manifest(store);
            LogManifest.Segment ahead =
                    manifest.segments(LogManifest.State.OPEN).get(1);
            Runnable rollOver = () -> Awaitility.await().until(() -> {
                wal.append(new byte[100]);
                return batches(store, ahead) > 2;
            });
            assertThat(batches(store, ahead)).isZero();
            Findings findings = RecoveryScan.scan(afterFirstLook(store, rollOver), manifest);
            findings.release();
            assertThat(findings.damage()).isNull();
            assertThat(batches(store, ahead)).isPositive();
        }
    }

    private static int batches(Store store, LogManifest.Segment segment) throws IOException {
        try (SegmentReader reader = store.openSegment(segment.id())) {
            BatchScan scan = new BatchScan(reader, segment.salt());
            int batches = 0;
            while (scan.next(0, reader.size()) != null) {
                batches++;
            }
            return batches;
        }
    }

    private static LogManifest manifest(Store store) throws IOException {
        return LogManifest.decode(
                store.readRegister(LogManifest.REGISTER).orElseThrow().content());
    }

    /** The same store, on which something happens once, after the first segment was opened and looked at. */
    private static Store afterFirstLook(Store store, Runnable work) {
        int[] opened = {0};
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("openSegment") && ++opened[0] == 2) {
                        work.run();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
