/**
 * How a configuration is read: JSON text becomes a tree, the tree is bound to records component by component, and every
 * mistake found on the way is gathered with its place.
 *
 * <p>An {@link java.lang.IllegalArgumentException} in this package carries a mistake whose place the thrower does not
 * know; whoever knows it reports the message there.
 */
@NullMarked
package io.jwal.core.config;

import org.jspecify.annotations.NullMarked;
