/** A log and its archive: machines that are lost, with real processes and directories. */
package io.jwal.archive;
