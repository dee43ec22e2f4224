/** Logs in real processes, which are killed. */
package io.jwal.process;
