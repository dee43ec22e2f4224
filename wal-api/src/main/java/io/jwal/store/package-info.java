/**
 * What a store implements: the place where the bytes of one log live.
 *
 * <p>A store holds two kinds of thing and promises little, so that a third party can write one in an afternoon:
 *
 * <ul>
 *   <li><b>segments</b>: blobs that one writer appends to in one run ({@link io.jwal.store.SegmentWriter}), that many
 *       read ({@link io.jwal.store.SegmentReader}), that are sealed once and deleted as a whole;
 *   <li><b>registers</b>: small named values replaced by compare-and-set ({@link io.jwal.store.Register}).
 * </ul>
 *
 * <p>Start at {@link io.jwal.store.Store}: it carries the ten numbered rules of the contract. A
 * {@link io.jwal.store.StoreProvider} makes stores of one {@code type} from a plain record and is found by
 * {@link java.util.ServiceLoader}. The module {@code store-tck} holds a test for every rule.
 *
 * <p>Bytes flow one way: the engine appends batches to a {@link io.jwal.store.SegmentWriter}, syncs, seals; readers get
 * the same bytes at the same positions. A store never looks into a segment. The one piece of format it may know is
 * {@link io.jwal.store.LogManifest}, the content of the register {@code manifest}.
 */
@NullMarked
package io.jwal.store;

import org.jspecify.annotations.NullMarked;
