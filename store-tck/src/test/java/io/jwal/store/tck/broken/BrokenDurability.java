package io.jwal.store.tck.broken;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Mistakes against rule 1. */
final class BrokenDurability {
    private BrokenDurability() {}

    @Breaks("rule1")
    static final class SyncDoesNothing extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void sync() {}
            };
        }
    }

    @Breaks("rule1")
    static final class AppendAndSyncOnlyAppends extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void appendAndSync(ByteBuffer... buffers) throws IOException {
                    append(buffers);
                }
            };
        }
    }

    @Breaks("rule1")
    static final class AsynchronousSyncCompletesBeforeItIsDone extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public CompletableFuture<Long> syncAsync() {
                    return CompletableFuture.completedFuture(position());
                }
            };
        }
    }

    @Breaks("rule1")
    static final class SealSyncsNothing extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                private boolean sealed;

                @Override
                public void append(ByteBuffer... buffers) throws IOException {
                    if (sealed) {
                        throw new StoreException("sealed");
                    }
                    super.append(buffers);
                }

                @Override
                public void seal() {
                    sealed = true;
                }
            };
        }
    }

    @Breaks({"rule1_aRegister", "rule2_aFailedWrite"})
    static final class RegistersAreWrittenBehind extends BrokenStore {
        private final OverlaidRegisters registers = new OverlaidRegisters();

        @Override
        protected void crash() {
            registers.values.clear();
            super.crash();
        }

        @Override
        Store store(Store sound) {
            return registers.over(sound);
        }
    }

    @Breaks("rule1_aFence")
    static final class FencesAreInMemory extends BrokenStore {
        private final OverlaidFences fences = new OverlaidFences();

        @Override
        protected void crash() {
            fences.ids.clear();
            super.crash();
        }

        @Override
        Store store(Store sound) {
            return fences.over(sound);
        }
    }

    @Breaks("rule1")
    static final class MoreIsClaimedThanWasSynced extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public long claimedSize() {
                    try {
                        return size();
                    } catch (IOException e) {
                        return 0;
                    }
                }
            };
        }
    }
}
