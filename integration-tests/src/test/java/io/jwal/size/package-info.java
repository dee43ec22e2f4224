/** Logs that are large, and logs that are opened often. */
package io.jwal.size;
