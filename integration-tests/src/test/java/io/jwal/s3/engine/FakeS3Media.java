package io.jwal.s3.engine;

import io.jwal.s3.servers.FakeS3;
import java.io.IOException;

/** On the S3 of this JVM. */
public final class FakeS3Media extends S3Media {
    /** A prime, so that it is in step with nothing that a sweep does in turn. */
    static final int SPARING = 41;

    /** For JUnit's parameter. */
    public FakeS3Media() throws IOException {
        super(FakeS3.start(), server -> server, Integer.getInteger("jwal.s3.fake.sparing", SPARING));
    }
}
