package io.jwal.store.tck.broken;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreTraits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Mistakes of writers: against rules 3 and 4, and against what appending and syncing say. */
final class BrokenWriters {
    private BrokenWriters() {}

    @Breaks("rule3")
    static final class AFailedSyncSucceedsTheSecondTime extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                private boolean failed;

                @Override
                public void sync() throws IOException {
                    if (!failed) {
                        failed = true;
                        super.sync();
                        failed = false;
                    }
                }
            };
        }
    }

    @Breaks("rule3")
    static final class AFailedAsynchronousSyncIsForgotten extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                private int syncs;

                @Override
                public CompletableFuture<Long> syncAsync() {
                    return syncs++ == 0 ? super.syncAsync() : super.syncAsync().exceptionally(failure -> position());
                }
            };
        }
    }

    @Breaks("rule3_aFailedAppendPoisons")
    static final class AFailedAppendIsForgotten extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                private boolean failed;

                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    if (failed) {
                        return;
                    }
                    failed = true;
                    super.append(buffers);
                    failed = false;
                }
            };
        }
    }

    @Breaks("rule3_aFailedSeal")
    static final class AFailedSealIsForgotten extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                private boolean failed;

                @Override
                public void seal() throws IOException {
                    if (failed) {
                        return;
                    }
                    failed = true;
                    super.seal();
                }
            };
        }
    }

    @Breaks("rule3_aFailureStaysWithItsWriter")
    static final class AFailureSpreadsToOtherWriters extends BrokenStore {
        private boolean failed;

        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    if (failed) {
                        throw new StoreException("another writer failed");
                    }
                    try {
                        super.append(buffers);
                    } catch (IOException e) {
                        failed = true;
                        throw e;
                    }
                }
            };
        }
    }

    @Breaks("rule4")
    static final class GathersInTheWrongOrder extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    List<ByteBuffer> reversed = new ArrayList<>(Arrays.asList(buffers));
                    Collections.reverse(reversed);
                    super.append(reversed.toArray(new ByteBuffer[0]));
                }
            };
        }
    }

    @Breaks({"rule4", "append_"})
    static final class AppendsTheFirstBufferOnly extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    super.append(buffers.length == 0 ? buffers : new ByteBuffer[] {buffers[0]});
                    Arrays.stream(buffers).forEach(buffer -> buffer.position(buffer.limit()));
                }
            };
        }
    }

    @Breaks({"rule4_appendTakesAnyBuffer", "appendAndSync_appendsAll"})
    static final class ConsumesNothing extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    super.append(
                            Arrays.stream(buffers).map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new));
                }
            };
        }
    }

    @Breaks("rule4_appendTakesAnyBuffer")
    static final class WritesWholeArrays extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    for (ByteBuffer buffer : buffers) {
                        super.append(buffer.hasArray() ? ByteBuffer.wrap(buffer.array()) : buffer);
                        buffer.position(buffer.limit());
                    }
                }
            };
        }
    }

    @Breaks("append_keepsNoneOfItsBuffers")
    static final class KeepsItsBuffers extends BrokenStore {
        private final Map<SegmentId, List<ByteBuffer>> kept = new ConcurrentHashMap<>();

        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            List<ByteBuffer> mine = kept.computeIfAbsent(id, unused -> new CopyOnWriteArrayList<>());
            return new ForwardingWriter(sound) {
                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    for (ByteBuffer buffer : buffers) {
                        mine.add(buffer.slice());
                    }
                    super.append(buffers);
                }
            };
        }

        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    int start = target.position();
                    int count = super.read(position, target);
                    long at = 0;
                    for (ByteBuffer part : kept.getOrDefault(id, List.of())) {
                        for (int i = 0; i < part.limit(); i++, at++) {
                            if (at >= position && at < position + count) {
                                target.put((int) (start + at - position), part.get(i));
                            }
                        }
                    }
                    return count;
                }
            };
        }
    }

    @Breaks({"createSegment_givesAnEmptyOne", "syncAsync_"})
    static final class CountsItsPositionFromOne extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public long position() {
                    return super.position() + 1;
                }
            };
        }
    }

    @Breaks("syncAsync_")
    static final class CompletesAsynchronousSyncsWithoutAPosition extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public CompletableFuture<Long> syncAsync() {
                    return super.syncAsync().thenApply(position -> 0L);
                }
            };
        }
    }

    @Breaks("syncAsync_")
    static final class CompletesAsynchronousSyncsInReverse extends BrokenStore {
        private static final int SYNCS = 4;

        private final Deque<Runnable> completions = new ArrayDeque<>();

        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public StoreTraits traits() {
                    return sound.traits().withSyncs(SYNCS, 1_000);
                }
            };
        }

        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public CompletableFuture<Long> syncAsync() {
                    long covered = position();
                    try {
                        super.sync();
                    } catch (IOException e) {
                        return CompletableFuture.failedFuture(e);
                    }
                    CompletableFuture<Long> future = new CompletedWhenAsked<>(completions);
                    completions.push(() -> future.complete(covered));
                    return future;
                }
            };
        }
    }

    /** Completes all that are outstanding, the last one first, when somebody waits for one. */
    private static final class CompletedWhenAsked<T> extends CompletableFuture<T> {
        private final Deque<Runnable> completions;

        CompletedWhenAsked(Deque<Runnable> completions) {
            this.completions = completions;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletedWhenAsked<>(completions);
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            while (!completions.isEmpty()) {
                completions.pop().run();
            }
            return super.get(timeout, unit);
        }
    }

    @Breaks("createSegment_takesTheExpectedBytesAsAHint")
    static final class TakesTheHintForALimit extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
                    return new ForwardingWriter(sound.createSegment(id, expectedBytes)) {
                        @Override
                        public void append(ByteBuffer... buffers) throws IOException {
                            super.append(buffers);
                            if (expectedBytes < 2 && position() > 1_000) {
                                throw new StoreException("no more than " + expectedBytes + " bytes were expected");
                            }
                        }
                    };
                }
            };
        }
    }

    @Breaks({"seal_endsTheSegment", "fence_letsASeal"})
    static final class DropsWhatComesAfterTheSeal extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                private boolean sealed;

                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    if (!sealed) {
                        super.append(buffers);
                    }
                }

                @Override
                public void seal() throws IOException {
                    sealed = true;
                    super.seal();
                }
            };
        }
    }

    @Breaks("close_endsAWriter")
    static final class CloseDoesNothing extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void close() {}
            };
        }

        @Override
        protected long openHandles() {
            return 0;
        }
    }

    @Breaks({"rule4", "rule1_aSealed", "size_grows"})
    static final class PadsWhenItSeals extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void seal() throws IOException {
                    super.append(ByteBuffer.allocate(1));
                    super.seal();
                }
            };
        }
    }
}
