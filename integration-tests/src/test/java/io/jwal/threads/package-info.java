/** Logs used by many threads at once. */
package io.jwal.threads;
