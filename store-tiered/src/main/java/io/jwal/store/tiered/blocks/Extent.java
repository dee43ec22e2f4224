package io.jwal.store.tiered.blocks;

import io.jwal.store.SegmentId;

/**
 * What a segment of the archive holds: a run of the bytes of a segment of the log.
 *
 * @param piece the archive's segment
 * @param segment the log's segment
 * @param salt the salt of the log's segment
 * @param start where the run begins in it, in bytes
 * @param bytes how long the run is, at least 1
 */
public record Extent(SegmentId piece, SegmentId segment, long salt, long start, long bytes) {}
