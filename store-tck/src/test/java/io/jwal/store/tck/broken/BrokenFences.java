package io.jwal.store.tck.broken;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Mistakes of fences. */
final class BrokenFences {
    private BrokenFences() {}

    private static boolean exists(Store store, SegmentId id) throws IOException {
        return store.listSegments().contains(id);
    }

    @Breaks({"fence_refuses", "fence_stops", "claimWriter_isRefused"})
    static final class LetsAnOpenWriterGoOn extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void fenceSegment(SegmentId id) throws IOException {
                    if (!exists(sound, id)) {
                        sound.fenceSegment(id);
                    }
                }
            };
        }
    }

    @Breaks({"fence_ofAnIdThatWasNeverCreated", "rule1_aFence"})
    static final class ForgetsIdsThatWereNeverCreated extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void fenceSegment(SegmentId id) throws IOException {
                    if (exists(sound, id)) {
                        sound.fenceSegment(id);
                    }
                }
            };
        }
    }

    @Breaks("fence_outlivesTheSegment")
    static final class IsDeletedWithTheSegment extends BrokenStore {
        private final OverlaidFences fences = new OverlaidFences() {
            @Override
            void deleted(SegmentId id) {
                ids.remove(id);
            }
        };

        @Override
        Store store(Store sound) {
            return fences.over(sound);
        }
    }

    @Breaks("fence_refusesSyncs")
    static final class ForgetsSyncs extends BrokenStore {
        private final OverlaidFences fences = new OverlaidFences() {
            @Override
            SegmentWriter writer(SegmentId id, SegmentWriter unfenced) {
                SegmentWriter fenced = super.writer(id, unfenced);
                return new ForwardingWriter(fenced) {
                    private boolean failed;

                    @Override
                    public void append(ByteBuffer... buffers) throws IOException {
                        try {
                            fenced.append(buffers);
                        } catch (StoreFencedException e) {
                            failed = true;
                            throw e;
                        }
                    }

                    @Override
                    public void sync() throws IOException {
                        if (failed) {
                            throw new StoreException("failed");
                        }
                        unfenced.sync();
                    }
                };
            }
        };

        @Override
        Store store(Store sound) {
            return fences.over(sound);
        }
    }

    @Breaks("fence_refusesAsynchronous")
    static final class ForgetsAsynchronousSyncs extends BrokenStore {
        private final OverlaidFences fences = new OverlaidFences() {
            @Override
            SegmentWriter writer(SegmentId id, SegmentWriter unfenced) {
                return new ForwardingWriter(super.writer(id, unfenced)) {
                    @Override
                    public CompletableFuture<Long> syncAsync() {
                        return unfenced.syncAsync();
                    }

                    @Override
                    public void append(ByteBuffer... buffers) throws IOException {
                        unfenced.append(buffers);
                    }
                };
            }
        };

        @Override
        Store store(Store sound) {
            return fences.over(sound);
        }
    }

    @Breaks({"fence_refusesAppendAndSync", "fence_twice"})
    static final class LetsOneMoreAppendPass extends BrokenStore {
        private final Set<SegmentId> passed = ConcurrentHashMap.newKeySet();
        private final OverlaidFences fences = new OverlaidFences() {
            @Override
            SegmentWriter writer(SegmentId id, SegmentWriter unfenced) {
                SegmentWriter fenced = super.writer(id, unfenced);
                return new ForwardingWriter(fenced) {
                    @Override
                    public void appendAndSync(ByteBuffer... buffers) throws IOException {
                        boolean late;
                        synchronized (ids) {
                            late = ids.contains(id);
                        }
                        if (late && passed.add(id)) {
                            unfenced.appendAndSync(buffers);
                        } else {
                            super.appendAndSync(buffers);
                        }
                    }
                };
            }
        };

        @Override
        Store store(Store sound) {
            return fences.over(sound);
        }
    }

    @Breaks("fence_letsASealAddNothing")
    static final class LetsASealAddWhatItLike extends BrokenStore {
        private final OverlaidFences fences = new OverlaidFences() {
            @Override
            SegmentWriter writer(SegmentId id, SegmentWriter unfenced) {
                return new ForwardingWriter(super.writer(id, unfenced)) {
                    @Override
                    public void seal() throws IOException {
                        boolean late;
                        synchronized (ids) {
                            late = ids.contains(id);
                        }
                        if (late) {
                            unfenced.append(ByteBuffer.wrap(new byte[] {'t', 'r', 'a', 'i', 'l', 'e', 'r'}));
                        }
                        unfenced.seal();
                    }
                };
            }
        };

        @Override
        Store store(Store sound) {
            return fences.over(sound);
        }
    }

    @Breaks("fence_twiceIsOnce")
    static final class CannotBeRepeated extends BrokenStore {
        private final Set<SegmentId> fenced = ConcurrentHashMap.newKeySet();

        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void fenceSegment(SegmentId id) throws IOException {
                    sound.fenceSegment(id);
                    if (!fenced.add(id)) {
                        throw new StoreException("fenced already");
                    }
                }
            };
        }
    }

    @Breaks({"fence_leavesReaders", "fence_ofASealed"})
    static final class HidesTheSegment extends BrokenStore {
        private final Set<SegmentId> fenced = ConcurrentHashMap.newKeySet();

        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void fenceSegment(SegmentId id) throws IOException {
                    sound.fenceSegment(id);
                    fenced.add(id);
                }

                @Override
                public SegmentReader openSegment(SegmentId id) throws IOException {
                    if (fenced.contains(id)) {
                        throw new SegmentNotFoundException(id, "fenced");
                    }
                    return sound.openSegment(id);
                }
            };
        }
    }

    @Breaks({"fence_ofAnIdThatWasNeverCreated", "listSegments_isAscending"})
    static final class IsListed extends BrokenStore {
        private final Set<SegmentId> fenced = ConcurrentHashMap.newKeySet();

        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void fenceSegment(SegmentId id) throws IOException {
                    sound.fenceSegment(id);
                    fenced.add(id);
                }

                @Override
                public List<SegmentId> listSegments() throws IOException {
                    Set<SegmentId> all = new TreeSet<>(sound.listSegments());
                    all.addAll(fenced);
                    return new ArrayList<>(all);
                }
            };
        }
    }
}
