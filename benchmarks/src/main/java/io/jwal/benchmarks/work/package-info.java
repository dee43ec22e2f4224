/** What is measured: a class for each kind of work, run in a process of its own against one peer. */
@NullMarked
package io.jwal.benchmarks.work;

import org.jspecify.annotations.NullMarked;
