package io.jwal.store.s3.sdk;

import io.jwal.s3.servers.FakeS3;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

final class FakeS3StorageTest extends ObjectStorageContract {
    private FakeS3 server;

    @Override
    SdkObjectStorage open() throws IOException {
        server = FakeS3.start();
        server.createBucket("bucket");
        return Storages.of(server, "bucket").open();
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
