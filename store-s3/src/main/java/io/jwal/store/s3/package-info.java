/**
 * The store of type {@code s3}: a log's bytes in a bucket of S3, or of what speaks like it. Users need
 * {@link io.jwal.store.s3.S3StoreConfig} at most.
 */
package io.jwal.store.s3;
