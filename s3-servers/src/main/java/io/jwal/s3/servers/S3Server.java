package io.jwal.s3.servers;

import java.net.URI;

/** An S3 that a test may use. Buckets are addressed by path: {@code endpoint/bucket/key}. */
public interface S3Server extends AutoCloseable {
    /**
     * Where it is.
     *
     * @return scheme, host and port
     */
    URI endpoint();

    /**
     * Its region.
     *
     * @return for the client's signature
     */
    String region();

    /**
     * Whom it knows.
     *
     * @return an access key id
     */
    String accessKey();

    /**
     * The secret of {@link #accessKey()}.
     *
     * @return a secret
     */
    String secretKey();

    /**
     * What it is.
     *
     * @return for people
     */
    String name();

    /**
     * A name that no other test of this JVM, and hardly one of another, gives to a bucket. The bucket is the caller's to
     * create.
     *
     * @param test whose bucket it is
     * @return a valid bucket name
     */
    default String newBucketName(Class<?> test) {
        return BucketNames.next(test);
    }

    /** Ends it, if it was started here. */
    @Override
    void close();
}
