package io.jwal.store.s3.read;

import io.jwal.store.SegmentId;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.s3.format.BlockChecksums;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.PartHeader;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ObjectStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A part as it was found.
 *
 * @param header its header
 * @param data where its data lies
 * @param start the bytes that came with the header, from the start of the part; at least its first block
 */
public record PartRead(PartHeader header, StoredBytes data, ByteBuffer start) {
    private static final int LONGEST_HEADER = PartHeader.BYTES + BlockChecksums.encodedBytes(Integer.MAX_VALUE);
    private static final int WITH_FIRST_BLOCK = LONGEST_HEADER + BlockChecksums.BLOCK;

    /**
     * Fetches a part's header with the first block of its data.
     *
     * @return empty if there is no such part
     * @throws StoreCorruptException if what is there is no such part
     */
    static Optional<PartRead> fetch(ObjectStorage storage, Keys keys, SegmentId id, int number) throws IOException {
        String key = keys.part(id, number);
        if (!(fetch(storage, key, WITH_FIRST_BLOCK) instanceof Fetched.Found found)) {
            return Optional.empty();
        }
        PartHeader.Decoded decoded = PartHeader.decode(found.bytes());
        if (decoded == null) {
            throw foreign(storage, key, "its header does not verify");
        }
        PartHeader header = decoded.header();
        if (!header.segment().equals(id) || header.number() != number) {
            throw foreign(storage, key, "it calls itself part " + header.number() + " of " + header.segment());
        }
        if (found.size() != header.dataOffset() + (long) header.bytes()) {
            throw foreign(storage, key, "it has " + found.size() + " bytes");
        }
        StoredBytes data = new StoredBytes(
                id, header.position(), header.bytes(), key, found.tag(), header.dataOffset(), decoded.checksums());
        return Optional.of(new PartRead(header, data, found.bytes()));
    }

    private static Fetched fetch(ObjectStorage storage, String key, int bytes) throws IOException {
        return Fetched.verified(
                () -> storage.get(key, new ByteRange(0, bytes)), found -> PartHeader.decode(found.bytes()) != null);
    }

    private static StoreCorruptException foreign(ObjectStorage storage, String key, String why) {
        return new StoreCorruptException(storage.describe(key) + " is not the part that it should be: " + why
                + "; nobody but the log may write below its prefix: run `wal verify`");
    }

    /**
     * Fetches a part's header alone.
     *
     * @return empty if there is no such part
     * @throws StoreCorruptException if what is there is no such part
     */
    public static Optional<PartHeader> header(ObjectStorage storage, Keys keys, SegmentId id, int number)
            throws IOException {
        String key = keys.part(id, number);
        if (!(fetch(storage, key, LONGEST_HEADER) instanceof Fetched.Found found)) {
            return Optional.empty();
        }
        PartHeader.Decoded decoded = PartHeader.decode(found.bytes());
        if (decoded == null) {
            throw foreign(storage, key, "its header does not verify");
        }
        return Optional.of(decoded.header());
    }

    /** The first block of the data, if all of it came with the header. */
    Optional<ByteBuffer> firstBlock() {
        int length = header.bytes() == 0 ? 0 : data.blockBytes(0);
        return length == 0 || start.limit() < header.dataOffset() + length
                ? Optional.empty()
                : Optional.of(start.slice(header.dataOffset(), length));
    }
}
