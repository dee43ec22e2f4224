/**
 * The store of type {@code file}: a log's bytes in a local directory.
 *
 * <p>Start at {@link io.jwal.store.file.FileStoreConfig}, which is all that a user sees. Inside, {@code FileStore} is
 * the store; {@code FileClaim} holds what a writer may do, {@code FileSegmentWriter} and {@code FileSegmentReader} the
 * segments, {@code Registers} the registers, {@code Watermark} what followers and recovery go by. Everything does its
 * I/O through {@code Disk}, so that tests can put a simulated disk in its place.
 */
@NullMarked
package io.jwal.store.file;

import org.jspecify.annotations.NullMarked;
