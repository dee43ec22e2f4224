/** The wal command. */
package io.jwal.cli;
