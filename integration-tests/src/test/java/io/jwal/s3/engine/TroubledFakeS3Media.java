package io.jwal.s3.engine;

import io.jwal.s3.servers.FakeS3;
import java.io.IOException;

/** On the S3 of this JVM, behind a bad network. */
public final class TroubledFakeS3Media extends S3Media {
    /** For JUnit's parameter. */
    public TroubledFakeS3Media() throws IOException {
        super(FakeS3.start(), TroubledServer::before, Integer.getInteger("jwal.s3.fake.sparing", FakeS3Media.SPARING));
    }
}
