package io.jwal.store.file;

import io.jwal.store.SegmentId;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Knows which ranges of segments are mapped. A map is let go by the collector once nobody holds a view of it, so the
 * bytes of a deleted segment stay on the disk until then; operators see how many.
 */
final class MappedMemory {
    private static final int LOOKS = 200;
    private static final long PAUSE_NANOS = 5_000_000;

    private final Set<Region> regions = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<ByteBuffer> released = new ReferenceQueue<>();

    ByteBuffer map(DiskFile file, SegmentId segment, long position, int length) throws IOException {
        forgetReleased();
        ByteBuffer memory = file.map(position, length);
        regions.add(new Region(memory, released, segment, length));
        return memory;
    }

    void deleted(SegmentId segment) {
        for (Region region : regions) {
            if (region.segment.equals(segment)) {
                region.deleted = true;
            }
        }
    }

    long bytes() {
        forgetReleased();
        return regions.stream().mapToLong(region -> region.length).sum();
    }

    long deletedBytes() {
        forgetReleased();
        return regions.stream()
                .filter(region -> region.deleted)
                .mapToLong(region -> region.length)
                .sum();
    }

    /**
     * Asks the collector to let go of what is mapped of deleted segments, and waits a moment until what needs the space
     * is done. A busy heap lets go by itself, an idle one may keep the disk full for hours.
     */
    void releaseDeleted(IoCall<Boolean> done) throws IOException {
        System.gc();
        // The system has the space back only after the collector's own threads have run.
        for (int i = 0; i < LOOKS && !done.run(); i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void forgetReleased() {
        for (Reference<?> region = released.poll(); region != null; region = released.poll()) {
            regions.remove(region);
        }
    }

    private static final class Region extends PhantomReference<ByteBuffer> {
        private final SegmentId segment;
        private final long length;
        private volatile boolean deleted;

        Region(ByteBuffer memory, ReferenceQueue<ByteBuffer> queue, SegmentId segment, long length) {
            super(memory, queue);
            this.segment = segment;
            this.length = length;
        }
    }
}
