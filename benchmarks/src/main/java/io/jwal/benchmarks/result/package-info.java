/** What a run leaves behind. */
@NullMarked
package io.jwal.benchmarks.result;

import org.jspecify.annotations.NullMarked;
