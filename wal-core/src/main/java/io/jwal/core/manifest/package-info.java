/** The registers of a log and who owns them: the manifest, and the state of consumers and properties. */
@NullMarked
package io.jwal.core.manifest;

import org.jspecify.annotations.NullMarked;
