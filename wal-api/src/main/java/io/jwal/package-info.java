/**
 * What an application calls: {@link io.jwal.Wal} to write a log, {@link io.jwal.WalReader} to read one.
 *
 * <p>A log is an ordered run of entries, each a {@code byte[]} with an index: a {@code long} from 1 up, consecutive,
 * without gaps. Entries are appended at the end and cut away at either end, and never change. Logs are opened through
 * {@code io.jwal.core.JWal}; where their bytes live is up to the store that the configuration names
 * ({@link io.jwal.store}).
 *
 * <p>All failures are unchecked and extend {@link io.jwal.WalException}; each carries what a program can act on and a
 * message that says what to do next.
 */
@NullMarked
package io.jwal;

import org.jspecify.annotations.NullMarked;
