/** The logs that are compared, behind one small interface. */
@NullMarked
package io.jwal.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
