/** How entries look outside of a log: as lines, framed by their length, as JSON lines, or bare. */
@NullMarked
package io.jwal.cli.entry;

import org.jspecify.annotations.NullMarked;
