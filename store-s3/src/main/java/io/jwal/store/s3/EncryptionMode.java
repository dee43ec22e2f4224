package io.jwal.store.s3;

/** Which encryption at rest is asked for. */
public enum EncryptionMode {
    /** Nothing is asked for, and the bucket does what it is set to; AWS's encrypt with {@link #SSE_S3} by default. */
    BUCKET,
    /** With keys of the storage. */
    SSE_S3,
    /** With a key of AWS's Key Management Service. Each request costs one of that service, unless the bucket has a bucket key. */
    SSE_KMS
}
