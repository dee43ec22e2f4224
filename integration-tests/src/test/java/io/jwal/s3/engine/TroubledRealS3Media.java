package io.jwal.s3.engine;

import io.jwal.s3.servers.RealS3;

/** On a real S3, behind a bad network. */
public final class TroubledRealS3Media extends S3Media {
    /** For JUnit's parameter. */
    public TroubledRealS3Media() {
        super(RealS3.server(), TroubledServer::before, Integer.getInteger("jwal.s3.real.sparing", RealS3Media.SPARING));
    }
}
