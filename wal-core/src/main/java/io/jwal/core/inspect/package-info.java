/**
 * Looks at every byte of a log without changing one, sound or damaged: {@link io.jwal.core.inspect.LogVerification} for
 * the whole, a class for each part of it.
 */
@NullMarked
package io.jwal.core.inspect;

import org.jspecify.annotations.NullMarked;
