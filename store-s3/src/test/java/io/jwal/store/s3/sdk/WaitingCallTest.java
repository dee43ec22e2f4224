package io.jwal.store.s3.sdk;

import static io.jwal.s3.servers.S3Operation.GET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.FaultRule;
import io.jwal.s3.servers.Gate;
import io.jwal.store.StoreException;
import io.jwal.store.s3.objects.ByteRange;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WaitingCallTest {
    private FakeS3 server;
    private SdkObjectStorage storage;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket("bucket");
        storage = Storages.of(server, "bucket").open();
    }

    @AfterEach
    void stop() {
        storage.close();
        server.close();
    }

    @Test
    void closingTheStorageEndsACallThatWaits() {
        Gate gate = server.faults().hold(FaultRule.on(GET));
        CompletableFuture<Throwable> failure =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> storage.get("key", new ByteRange(0, 1))));
        gate.awaitReached();
        storage.close();
        assertThat(failure.join())
                .isInstanceOf(StoreException.class)
                .hasMessage("cannot read s3://bucket/key: the storage was closed meanwhile; open it again");
    }

    @Test
    void anInterruptedThreadDoesNotCall() {
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> storage.get("key", new ByteRange(0, 1)));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot read s3://bucket/key: the thread was interrupted while it waited for ");
    }
}
