/** The wal command. */
@NullMarked
package io.jwal.cli;

import org.jspecify.annotations.NullMarked;
