/** How entries are found and read: point reads, runs, cursors and streams, over whatever says what the log is now. */
@NullMarked
package io.jwal.core.read;

import org.jspecify.annotations.NullMarked;
