/**
 * How appends become durable: callers reserve room in the open batch and fill it, one of them leads and hands the batch
 * to the hot segment in one write and one sync, and all that it covered go on.
 */
@NullMarked
package io.jwal.core.commit;

import org.jspecify.annotations.NullMarked;
