package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jwal.Durability;
import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.Fault;
import io.jwal.s3.servers.FaultRule;
import io.jwal.s3.servers.S3Operation;
import io.jwal.store.ByteSize;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/** Where appends do not wait for a sync, a segment may be stored in part before the end of the one before it is. */
@Timeout(180)
class UnsyncedTailTest {
    private static final String OLD_END = ".*-00000001/0000000[3-9]\\.part";
    private static final String NEW_PART = "orders/segments/0000000000000001-00000002/00000007.part";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Test
    void aTailThatNeverArrivedIsNoDamageWhateverIsStoredBehindIt() throws IOException {
        try (FakeS3 server = FakeS3.start();
                S3Client client = S3Logs.client(server)) {
            server.createBucket("tails");
            Wal wal = JWal.open(config(server));
            byte[] entry = new byte[1 << 20];
            server.faults().add(FaultRule.on(S3Operation.PUT).key(OLD_END).forGood(), Fault.dropRequest());
            for (int i = 0; i < 20; i++) {
                wal.append(entry);
            }
            await().until(() -> wal.stats().segments().open() == 2);
            await().until(() -> {
                wal.append(entry);
                wal.append(entry);
                wal.append(entry);
                wal.append(entry);
                return client.listObjectsV2(request -> request.bucket("tails").prefix(NEW_PART))
                                .keyCount()
                        == 1;
            });
            try {
                wal.close(); // the tail fails
            } catch (WalException e) {
                assertThat(e).hasMessageContaining("failed");
            }
            server.faults().clear();
            try (Wal reopened = JWal.open(config(server))) {
                assertThat(reopened.lastIndex()).isBetween(7L, 20L);
                assertThat(reopened.append(entry)).isEqualTo(reopened.lastIndex());
            }
        }
    }

    private static WalConfig config(FakeS3 server) {
        return S3Logs.config(S3Logs.hasty(server, "tails", "orders", TIMEOUT, TIMEOUT))
                .segmentSize(ByteSize.ofMebibytes(24))
                .durability(Durability.NONE)
                .build();
    }
}
