package io.jwal.s3.servers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

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

    @Test
    void nobodyElseGetsThePortOfAServerThatIsDown() throws IOException {
        fake.down();
        try (ServerSocket other = new ServerSocket()) {
            other.setReuseAddress(false);
            var port = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), fake.endpoint().getPort());
            assertThatThrownBy(() -> other.bind(port)).isInstanceOf(BindException.class);
        }
        fake.up();
    }
}
