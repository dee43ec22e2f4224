/** The process that does one piece of work, and what it hands back. */
@NullMarked
package io.jwal.benchmarks.trial;

import org.jspecify.annotations.NullMarked;
