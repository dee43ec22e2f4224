/**
 * The store of type {@code tiered}: a log that is as fast as its hot store, and keeps its past, and a second life, in an
 * archive. Any two stores combine; this one knows neither of them, nor what is in a segment.
 *
 * <h2>Who owns what</h2>
 *
 * <table>
 * <caption>State, its owner, and what it is for</caption>
 * <tr><th>state</th><th>lies in</th><th>written by</th></tr>
 * <tr><td>the log's registers {@code manifest} and {@code state}</td><td>the hot store</td><td>the engine</td></tr>
 * <tr><td>the hot id, which says who this hot store is</td><td>the hot store, {@code tiered-hot-id}</td><td>whoever opens
 * the log for writing</td></tr>
 * <tr><td>the archive's manifest: the archive's epoch, the hot id that feeds it, the image of the log's manifest, where
 * each segment lies</td><td>the archive, {@code tiered-archive}</td><td>the archiver, by compare-and-set alone; a
 * takeover</td></tr>
 * <tr><td>segments of the archive, by (archive epoch, sequence)</td><td>the archive</td><td>the archiver of that
 * epoch</td></tr>
 * </table>
 *
 * <h2>The way of an entry</h2>
 *
 * <p>It is appended to a segment in the hot store and acknowledged when that is synced. With {@code shipInterval} what is
 * synced is copied to the archive as a piece, read back, and named in the archive's manifest as the beginning of an open
 * segment. The engine rolls and seals the segment, and its manifest says so. The archiver reads the manifest, copies the
 * segment whole under an id of its own, reads it back, compares the digest, has the engine verify the copy, and writes the
 * archive's manifest: the contiguous beginning of that version of the log's manifest, as far as the archive has it. Then the
 * pieces are deleted, then {@code keepHot} may remove the hot copy. A reader gets the hot copy, or else the archive's. When
 * the log drops the segment, the hot copy is deleted at once, and the archive's after the archive's manifest names it no
 * longer, which it does only when no entry of the log would be missing: joining and recovery move entries to newer segments,
 * and those are archived first.
 *
 * <h2>Where to start</h2>
 *
 * <p>{@link io.jwal.store.tiered.TieredStoreConfig} has the options. In the code, {@code Admission} decides whether a hot
 * store and an archive belong together; {@code Archiver} goes the steps; {@code ArchiveImage} decides what the archive may
 * say; {@code TieredReader} and {@code ArchivedReader} read.
 */
package io.jwal.store.tiered;
