package io.jwal.store.tck.broken;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreLockedException;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** Mistakes of claims, and against rule 8. */
final class BrokenClaims {
    private BrokenClaims() {}

    private abstract static class BrokenClaim extends BrokenStore {
        BrokenClaim() {
            medium.locking(true);
        }

        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public WriterClaim claimWriter() throws IOException {
                    return claim(sound);
                }
            };
        }

        abstract WriterClaim claim(Store sound) throws IOException;
    }

    @Breaks({"claimWriter_", "rule8_aRefused", "rule8_failed"})
    static final class NeverGivesBack extends BrokenClaim {
        @Override
        WriterClaim claim(Store sound) throws IOException {
            sound.claimWriter();
            return () -> {};
        }
    }

    @Breaks("claimWriter_isGivenBackOnceOnly")
    static final class GivesBackWhatAnotherHolds extends BrokenStore {
        private boolean held;

        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                private boolean mine;

                @Override
                public WriterClaim claimWriter() throws IOException {
                    if (held) {
                        throw new StoreLockedException("held");
                    }
                    WriterClaim claim = sound.claimWriter();
                    held = true;
                    mine = true;
                    return () -> {
                        held = false;
                        mine = false;
                        claim.close();
                    };
                }

                @Override
                public void close() throws IOException {
                    held &= !mine;
                    sound.close();
                }
            };
        }
    }

    @Breaks("rule8_a")
    static final class ARefusedClaimStaysInTheWay extends BrokenClaim {
        private boolean refused;

        @Override
        WriterClaim claim(Store sound) throws IOException {
            if (refused) {
                throw new StoreLockedException("refused before");
            }
            try {
                return sound.claimWriter();
            } catch (StoreLockedException e) {
                refused = true;
                throw e;
            }
        }
    }

    @Breaks("rule8_aFailedClaim")
    static final class AFailedClaimKeepsTheLock extends BrokenClaim {
        private boolean failed;

        @Override
        WriterClaim claim(Store sound) throws IOException {
            if (failed) {
                throw new StoreLockedException("nobody knows by whom");
            }
            try {
                return sound.claimWriter();
            } catch (StoreLockedException e) {
                throw e;
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }

    @Breaks("close_ofAStoreGivesItsClaimBack")
    static final class ClosingTheStoreKeepsTheClaim extends BrokenStore {
        ClosingTheStoreKeepsTheClaim() {
            medium.locking(true);
        }

        @Override
        Store store(Store sound) {
            AtomicBoolean claimed = new AtomicBoolean();
            return new ForwardingStore(sound) {
                @Override
                public WriterClaim claimWriter() throws IOException {
                    WriterClaim claim = sound.claimWriter();
                    claimed.set(true);
                    return () -> {
                        claimed.set(false);
                        claim.close();
                    };
                }

                @Override
                public void close() throws IOException {
                    if (!claimed.get()) {
                        sound.close();
                    }
                }
            };
        }
    }

    @Breaks({"claimWriter_isRefused", "fence"})
    static final class ASecondClaimIsGivenAndFencesDoNothing extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void fenceSegment(SegmentId id) {}
            };
        }
    }

    @Breaks("rule8_refusedCalls")
    static final class LeaksAHandleWhenItRefuses extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public SegmentReader openSegment(SegmentId id) throws IOException {
                    handles.incrementAndGet();
                    SegmentReader reader = sound.openSegment(id);
                    handles.decrementAndGet();
                    return reader;
                }
            };
        }
    }

    @Breaks("rule8_failedCalls")
    static final class LeaksAHandleWhenItFails extends BrokenStore {
        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                private boolean failed;

                @Override
                public void appendAndSync(ByteBuffer... buffers) throws IOException {
                    failed = true;
                    super.appendAndSync(buffers);
                    failed = false;
                }

                @Override
                public void close() throws IOException {
                    if (!failed) {
                        super.close();
                    }
                }
            };
        }
    }
}
