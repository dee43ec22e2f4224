package io.jwal.s3.engine;

import io.jwal.s3.servers.RealS3;

/** On a real S3. */
public final class RealS3Media extends S3Media {
    /** A prime, so that it is in step with nothing that a sweep does in turn. */
    static final int SPARING = 401;

    /** For JUnit's parameter. */
    public RealS3Media() {
        super(RealS3.server(), server -> server, Integer.getInteger("jwal.s3.real.sparing", SPARING));
    }
}
