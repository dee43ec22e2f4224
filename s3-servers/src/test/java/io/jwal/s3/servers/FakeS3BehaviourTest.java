package io.jwal.s3.servers;

import java.io.IOException;

class FakeS3BehaviourTest extends S3Behaviour {
    @Override
    S3Server startServer() throws IOException {
        return FakeS3.start();
    }
}
