package io.jwal.s3.servers;

import java.net.URI;

/** A server that runs outside of this JVM, and how it ends. */
record KnownServer(String name, URI endpoint, String region, String accessKey, String secretKey, Runnable end)
        implements S3Server {
    @Override
    public void close() {
        end.run();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return name;
    }
}
