package io.jwal.store.tck.broken;

import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Fences kept beside the medium, for mistakes that a sound store cannot be wrapped into. */
class OverlaidFences {
    final Set<SegmentId> ids = new HashSet<>();

    Store over(Store sound) {
        return new ForwardingStore(sound) {
            @Override
            SegmentWriter wrap(SegmentId id, SegmentWriter writer) {
                return writer(id, writer);
            }

            @Override
            public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
                synchronized (ids) {
                    if (ids.contains(id)) {
                        throw new SegmentExistsException(id, "fenced");
                    }
                    return super.createSegment(id, expectedBytes);
                }
            }

            @Override
            public void fenceSegment(SegmentId id) throws IOException {
                synchronized (ids) {
                    fence(sound, id);
                }
            }

            @Override
            public void deleteSegment(SegmentId id) throws IOException {
                synchronized (ids) {
                    super.deleteSegment(id);
                    deleted(id);
                }
            }
        };
    }

    void fence(Store sound, SegmentId id) throws IOException {
        ids.add(id);
    }

    void deleted(SegmentId id) {}

    /** A writer that asks before each call whether it is fenced. */
    SegmentWriter writer(SegmentId id, SegmentWriter sound) {
        return new ForwardingWriter(sound) {
            @Override
            public void append(ByteBuffer... buffers) throws IOException {
                synchronized (ids) {
                    check(id);
                    super.append(buffers);
                }
            }

            @Override
            public void sync() throws IOException {
                synchronized (ids) {
                    check(id);
                    super.sync();
                }
            }

            @Override
            public CompletableFuture<Long> syncAsync() {
                synchronized (ids) {
                    return ids.contains(id)
                            ? CompletableFuture.failedFuture(new StoreFencedException("fenced"))
                            : super.syncAsync();
                }
            }

            @Override
            public void seal() throws IOException {
                synchronized (ids) {
                    check(id);
                    super.seal();
                }
            }
        };
    }

    private void check(SegmentId id) throws StoreFencedException {
        if (ids.contains(id)) {
            throw new StoreFencedException("fenced");
        }
    }
}
