package io.jwal.s3.servers;

import java.io.IOException;

class FakeS3FaultsTest extends FaultBehaviour {
    private FakeS3 fake;

    @Override
    S3Server startServer() throws IOException {
        fake = FakeS3.start();
        return fake;
    }

    @Override
    FaultPlan faults() {
        return fake.faults();
    }

    @Override
    RequestLog requests() {
        return fake.requests();
    }

    @Override
    void down() {
        fake.down();
    }

    @Override
    void up() {
        fake.up();
    }
}
