/** What a log holds after whatever happened to it: the recovery rule, read-only. */
@NullMarked
package io.jwal.core.recovery;

import org.jspecify.annotations.NullMarked;
