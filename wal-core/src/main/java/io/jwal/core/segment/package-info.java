/**
 * One segment as the engine sees it: its entries behind an index ({@link io.jwal.core.segment.SegmentIndex}), whether
 * the index is still growing in memory or lies at the end of the sealed segment.
 */
@NullMarked
package io.jwal.core.segment;

import org.jspecify.annotations.NullMarked;
