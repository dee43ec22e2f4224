package io.jwal.s3.servers;

import java.io.IOException;

/** Before the real S3. */
class FaultProxyTest extends FaultBehaviour {
    private FaultProxy proxy;

    @Override
    S3Server startServer() throws IOException {
        proxy = FaultProxy.before(RealS3.server());
        return proxy;
    }

    @Override
    FaultPlan faults() {
        return proxy.faults();
    }

    @Override
    RequestLog requests() {
        return proxy.requests();
    }

    @Override
    void down() {
        proxy.down();
    }

    @Override
    void up() {
        proxy.up();
    }
}
