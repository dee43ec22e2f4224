/** JMH benchmarks of single steps: {@code benchmarks/run --micro}, with JMH's own options behind it. */
@NullMarked
package io.jwal.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
