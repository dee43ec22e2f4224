package io.jwal.store.s3;

/** Whether requests carry checksums that the server verifies and keeps. The log's own are there in any case. */
public enum ChecksumMode {
    /** CRC32C with every object; what is fetched as a whole is held against it, if the server tells it. */
    CRC32C,
    /**
     * None, for servers that refuse the headers. A request that deletes many objects must have one, and has
     * {@code Content-MD5} as well.
     */
    NONE
}
