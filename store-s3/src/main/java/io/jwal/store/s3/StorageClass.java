package io.jwal.store.s3;

/** Storage classes from which an object can be read at once. From the others it would have to be restored first. */
public enum StorageClass {
    /** For what is read often. */
    STANDARD,
    /** Moves objects between tiers by how often they are read. */
    INTELLIGENT_TIERING,
    /** Cheaper to keep, dearer to read; at least 30 days and 128 KiB are charged. */
    STANDARD_IA,
    /** The same in one availability zone: lost with it. */
    ONEZONE_IA,
    /** Cheaper still, dearer still to read; at least 90 days are charged. */
    GLACIER_IR,
    /** That of directory buckets, in one availability zone. */
    EXPRESS_ONEZONE,
    /** Of some other servers; on AWS dearer and less safe than {@link #STANDARD}. */
    REDUCED_REDUNDANCY
}
