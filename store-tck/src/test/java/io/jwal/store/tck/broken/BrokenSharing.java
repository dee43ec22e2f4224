package io.jwal.store.tck.broken;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;

/** Mistakes of readers that show when others act: against rules 5 and 10, and against what closing says. */
final class BrokenSharing {
    private BrokenSharing() {}

    private abstract static class BrokenAfterDeletion extends BrokenStore {
        private final Set<SegmentId> deleted = ConcurrentHashMap.newKeySet();

        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void deleteSegment(SegmentId id) {
                    deleted.add(id);
                }
            };
        }

        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    return deleted.contains(id) ? readDeleted(target) : super.read(position, target);
                }
            };
        }

        abstract int readDeleted(ByteBuffer target) throws IOException;
    }

    @Breaks({"rule5_aReaderReadsOn"})
    static final class ReadsZerosAfterTheDeletion extends BrokenAfterDeletion {
        @Override
        int readDeleted(ByteBuffer target) {
            int count = target.remaining();
            target.put(new byte[count]);
            return count;
        }
    }

    @Breaks({"rule5_aReaderReadsOn"})
    static final class FailsWithoutATypeAfterTheDeletion extends BrokenAfterDeletion {
        @Override
        int readDeleted(ByteBuffer target) throws IOException {
            throw new IOException("stale file handle");
        }
    }

    @Breaks("rule5_aReaderOpenedBeforeTheSeal")
    static final class BreaksReadersWhenItSeals extends BrokenStore {
        private final Set<SegmentId> sealed = ConcurrentHashMap.newKeySet();

        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void seal() throws IOException {
                    super.seal();
                    sealed.add(id);
                }
            };
        }

        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            boolean before = !sealed.contains(id);
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    if (before && sealed.contains(id)) {
                        throw new IOException("the parts are gone");
                    }
                    return super.read(position, target);
                }
            };
        }
    }

    @Breaks("rule5_anIdleReader")
    static final class WritesOnlyWhenNobodyReads extends BrokenStore {
        private final StampedLock lock = new StampedLock();

        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    long stamp;
                    try {
                        stamp = lock.tryWriteLock(50, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        stamp = 0;
                    }
                    if (stamp == 0) {
                        throw new StoreException("somebody is reading");
                    }
                    try {
                        super.append(buffers);
                    } finally {
                        lock.unlockWrite(stamp);
                    }
                }
            };
        }

        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            long stamp = lock.readLock();
            return new ForwardingReader(sound) {
                private boolean open = true;

                @Override
                public void close() throws IOException {
                    if (open) {
                        open = false;
                        lock.unlockRead(stamp);
                    }
                    super.close();
                }
            };
        }
    }

    @Breaks("rule10_manyRead")
    static final class ReadsThroughASharedBuffer extends BrokenStore {
        private final AtomicInteger inside = new AtomicInteger();

        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    int start = target.position();
                    inside.incrementAndGet();
                    try {
                        int count = super.read(position, target);
                        Thread.yield();
                        if (inside.get() > 1 && count > 0) {
                            target.put(start, (byte) ~target.get(start));
                        }
                        return count;
                    } finally {
                        inside.decrementAndGet();
                    }
                }
            };
        }
    }

    @Breaks({"close_ofAReader"})
    static final class ClosesAllReadersWithOne extends BrokenStore {
        private final Set<SegmentId> closed = ConcurrentHashMap.newKeySet();

        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            closed.remove(id);
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    if (closed.contains(id)) {
                        throw new StoreException("closed");
                    }
                    return super.read(position, target);
                }

                @Override
                public void close() throws IOException {
                    closed.add(id);
                    super.close();
                }
            };
        }
    }

    @Breaks("close_ofAStore")
    static final class LiesWhenItIsClosed extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    try {
                        return super.read(position, target);
                    } catch (StoreException e) {
                        int count = target.remaining();
                        target.put(new byte[count]);
                        return count;
                    }
                }
            };
        }
    }
}
