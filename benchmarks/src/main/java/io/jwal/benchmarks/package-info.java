/** JWal and its peers, measured in one run. */
@NullMarked
package io.jwal.benchmarks;

import org.jspecify.annotations.NullMarked;
