package io.jwal.s3.servers;

/** How an S3 may break its word; some servers that call themselves compatible do. */
public enum Misbehaviour {
    /** Writes although the key exists. */
    IGNORE_IF_NONE_MATCH,
    /** Writes or deletes although another object is there, or none. */
    IGNORE_IF_MATCH,
    /** Completes an upload in parts whatever its conditions. */
    IGNORE_CONDITIONS_ON_COMPLETE,
    /** Says 501 to a delete with a condition, as LocalStack does. */
    REFUSE_CONDITIONAL_DELETE
}
