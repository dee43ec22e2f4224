/**
 * The log as a whole: which segments it is made of and how they follow one another
 * ({@link io.jwal.core.log.SegmentChain}), cuts at both ends, retention, consumers, and the two ways to have it open: to
 * write and to follow.
 */
@NullMarked
package io.jwal.core.log;

import org.jspecify.annotations.NullMarked;
