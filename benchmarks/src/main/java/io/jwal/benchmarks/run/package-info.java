/** The runner: which case on which medium with which peer, in turns, a process for each. */
@NullMarked
package io.jwal.benchmarks.run;

import org.jspecify.annotations.NullMarked;
