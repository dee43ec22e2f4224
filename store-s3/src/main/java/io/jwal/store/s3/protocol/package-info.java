/**
 * The log's protocol above an object storage: registers replaced by compare-and-set, segments made of parts, fences that
 * end the writers of the past, and the tidying of what is left behind.
 *
 * <p>One entry's way: {@link io.jwal.store.s3.write.S3SegmentWriter} gathers it into a part, {@code PartUploads} stores
 * the part under the next number unless somebody has taken it, {@code SealedUpload} makes one object of all parts when
 * the segment ends. {@link io.jwal.store.s3.read.SegmentReaders} finds the sealed object or else the parts, and
 * {@link io.jwal.store.s3.read.BlockCache} fetches and verifies their blocks.
 */
package io.jwal.store.s3.protocol;
