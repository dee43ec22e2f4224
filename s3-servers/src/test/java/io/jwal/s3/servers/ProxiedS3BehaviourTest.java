package io.jwal.s3.servers;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/** A proxy without faults changes nothing. */
class ProxiedS3BehaviourTest extends S3Behaviour {
    private FakeS3 fake;

    @Override
    S3Server startServer() throws IOException {
        fake = FakeS3.start();
        return FaultProxy.before(fake);
    }

    @AfterAll
    void closeFake() {
        fake.close();
    }
}
