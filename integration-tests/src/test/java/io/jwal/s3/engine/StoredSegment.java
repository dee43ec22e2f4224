package io.jwal.s3.engine;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.PartHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The objects in which a segment's bytes lie: one if it is sealed, else its parts in order. */
final class StoredSegment {
    private final TestBucket bucket;
    private final List<Run> runs = new ArrayList<>();

    /** Bytes of the segment from a position on, and where in an object they begin. */
    private record Run(String key, byte[] object, long position, int offset) {
        long end() {
            return position + object.length - offset;
        }
    }

    StoredSegment(TestBucket bucket, Keys keys, SegmentId id) throws SegmentNotFoundException {
        this.bucket = bucket;
        bucket.get(keys.sealed(id)).ifPresent(object -> runs.add(new Run(keys.sealed(id), object, 0, 0)));
        if (runs.isEmpty()) {
            bucket.objects(keys.parts(id)).keySet().forEach(this::addPart);
        }
        if (runs.isEmpty()) {
            throw new SegmentNotFoundException(id, "there is no segment " + id + " in bucket " + bucket.name());
        }
    }

    private void addPart(String key) {
        byte[] object = bucket.get(key).orElseThrow();
        PartHeader.Decoded decoded = PartHeader.decode(ByteBuffer.wrap(object));
        if (decoded != null && !decoded.header().isFence()) {
            runs.add(new Run(
                    key, object, decoded.header().position(), decoded.header().dataOffset()));
        }
    }

    void flip(int position, int mask) {
        for (Run run : runs) {
            if (position >= run.position && position < run.end()) {
                run.object[(int) (run.offset + position - run.position)] ^= (byte) mask;
                bucket.put(run.key, run.object);
                return;
            }
        }
        throw new IllegalArgumentException("the segment has no byte " + position);
    }

    /** Objects behind the cut are gone, the one that it goes through is shorter. */
    void cut(int length) {
        for (Run run : runs) {
            if (run.position >= length && runs.size() > 1) {
                bucket.delete(List.of(run.key));
            } else if (run.end() > length) {
                bucket.put(run.key, Arrays.copyOf(run.object, (int) (run.offset + length - run.position)));
            }
        }
    }

    void lose() {
        bucket.delete(runs.stream().map(Run::key).toList());
    }
}
