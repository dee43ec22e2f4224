/** A log in a bucket, and the bare SDK with the same objects. */
@NullMarked
package io.jwal.benchmarks.s3;

import org.jspecify.annotations.NullMarked;
