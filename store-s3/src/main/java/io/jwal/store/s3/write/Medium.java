package io.jwal.store.s3.write;

import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Requests;
import io.jwal.store.s3.read.BlockCache;

/**
 * What writers of one store share.
 *
 * @param storage where objects are
 * @param requests sends what is asked of it
 * @param keys how objects are named
 * @param cache the blocks that were read
 * @param inFlight how many parts of a segment may be under way at once
 */
public record Medium(ObjectStorage storage, Requests requests, Keys keys, BlockCache cache, int inFlight) {}
