package io.jwal.store.s3.read;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.s3.format.BlockChecksums;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ObjectStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of a segment's bytes that lies in one object: the data of a part, or a whole sealed segment. Fetched and verified
 * by blocks.
 *
 * @param segment the segment
 * @param start where the run begins in the segment
 * @param length how long it is
 * @param key the object
 * @param tag the object's entity tag
 * @param offset where the run begins in the object
 * @param checksums of the run's blocks
 */
public record StoredBytes(
        SegmentId segment, long start, long length, String key, String tag, int offset, BlockChecksums checksums) {

    /** Where it ends in the segment. */
    public long end() {
        return start + length;
    }

    int blockBytes(int number) {
        return (int) Math.min(BlockChecksums.BLOCK, length - (long) number * BlockChecksums.BLOCK);
    }

    /** Fetches a block; again if what came is not what was stored. */
    ByteBuffer fetch(ObjectStorage storage, int number) throws IOException {
        Fetched fetched = Fetched.verified(
                () -> storage.getIfMatch(key, range(number), tag), found -> isBlock(number, found.bytes()));
        if (fetched instanceof Fetched.Absent) {
            throw new SegmentNotFoundException(segment, storage.describe(key) + " is gone");
        }
        if (!(fetched instanceof Fetched.Found found)) {
            throw new StoreCorruptException(storage.describe(key)
                    + " has been replaced since it was first read; nobody but the log may write below its prefix");
        }
        if (isBlock(number, found.bytes())) {
            return found.bytes();
        }
        throw new StoreCorruptException("block " + number + " of " + storage.describe(key) + ", from byte "
                + range(number).from() + ", is not what was written: its checksum does not match, asked "
                + Fetched.ASKS + " times; run `wal verify`, and restore the object from a version or a backup");
    }

    private boolean isBlock(int number, ByteBuffer bytes) {
        return bytes.remaining() == blockBytes(number) && checksums.verifies(number, bytes);
    }

    /**
     * Fetches all of it, block by block, past the cache.
     *
     * @return the verified blocks in order
     */
    public List<ByteBuffer> fetchAll(ObjectStorage storage) throws IOException {
        List<ByteBuffer> blocks = new ArrayList<>();
        for (int number = 0; number < BlockChecksums.count(length); number++) {
            blocks.add(fetch(storage, number));
        }
        return blocks;
    }

    private ByteRange range(int number) {
        return new ByteRange(offset + (long) number * BlockChecksums.BLOCK, blockBytes(number));
    }
}
