package io.jwal.store.tck.broken;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Mistakes of readers: against rule 4, and against what sizes and reading say. */
final class BrokenReaders {
    private static final int CHUNK = 1 << 16;

    private BrokenReaders() {}

    @Breaks({"rule4_anyRange", "rule4_aLargeAppend"})
    static final class ReadsTheWrongBytesPastAChunk extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    int start = target.position();
                    int count = super.read(position, target);
                    if (position < CHUNK && position + count > CHUNK) {
                        int at = (int) (start + CHUNK - position);
                        target.put(at, (byte) ~target.get(at));
                    }
                    return count;
                }
            };
        }
    }

    @Breaks({"rule4_anyRange", "read_stopsAtTheEnd"})
    static final class ReadsLessThanThereIs extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    ByteBuffer part = target.duplicate();
                    part.limit(part.position() + Math.min(part.remaining(), 900));
                    int count = super.read(position, part);
                    target.position(part.position());
                    return count;
                }
            };
        }
    }

    @Breaks({"read_stopsAtTheEnd", "rule5_aReader"})
    static final class ReadsNothingAtTheEnd extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    return Math.max(0, super.read(position, target));
                }
            };
        }
    }

    @Breaks("read_stopsAtTheEnd")
    static final class SaysMinusOneWhenItCannotFill extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    int wanted = target.remaining();
                    int count = super.read(position, target);
                    return count < wanted ? -1 : count;
                }
            };
        }
    }

    @Breaks("read_fillsTheTarget")
    static final class FillsTheTargetFromItsStart extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    int wanted = target.remaining();
                    target.clear().limit(wanted);
                    return super.read(position, target);
                }
            };
        }
    }

    @Breaks("read_intoATargetWithoutRoom")
    static final class SaysMinusOneForATargetWithoutRoom extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    return target.hasRemaining() ? super.read(position, target) : -1;
                }
            };
        }
    }

    @Breaks({"size_grows", "append_isSeen", "read_stopsAtTheEnd"})
    static final class CountsZerosThatWereSetAside extends BrokenStore {
        private static final int ASIDE = 4096;

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
            return new ForwardingReader(sound) {
                @Override
                public long size() throws IOException {
                    return sealed.contains(id) ? super.size() : super.size() + ASIDE;
                }

                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    int wanted = (int) Math.min(target.remaining(), size() - position);
                    if (wanted < 0 || wanted == 0 && target.hasRemaining()) {
                        return -1;
                    }
                    int count = Math.max(0, super.read(position, target));
                    target.put(new byte[wanted - count]);
                    return wanted;
                }
            };
        }
    }

    @Breaks({"size_grows", "rule5_aReaderOpenedBeforeTheSeal"})
    static final class KeepsTheSizeOfWhenItWasOpened extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) throws IOException {
            long size = sound.size();
            return new ForwardingReader(sound) {
                @Override
                public long size() {
                    return size;
                }
            };
        }
    }

    @Breaks({"size_elsewhere", "append_isRead"})
    static final class CountsTooMuchElsewhere extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                private boolean claimed;

                @Override
                public WriterClaim claimWriter() throws IOException {
                    claimed = true;
                    return sound.claimWriter();
                }

                @Override
                SegmentReader wrap(SegmentId id, SegmentReader reader) {
                    return new ForwardingReader(reader) {
                        @Override
                        public long size() throws IOException {
                            return claimed ? super.size() : 10 * super.size();
                        }
                    };
                }
            };
        }
    }

    @Breaks("rule4_aFailedRead")
    static final class GivesZerosWhenAReadFails extends BrokenStore {
        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    try {
                        return super.read(position, target);
                    } catch (StoreException e) {
                        throw e;
                    } catch (IOException e) {
                        int count = target.remaining();
                        target.put(new byte[count]);
                        return count;
                    }
                }
            };
        }
    }

    @Breaks({"openSegment_ofNone", "rule9_aStore", "fence_ofAnIdThatWasNeverCreated"})
    static final class OpensWhatIsNotThere extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public SegmentReader openSegment(SegmentId id) throws IOException {
                    try {
                        return sound.openSegment(id);
                    } catch (SegmentNotFoundException e) {
                        return new Nothing();
                    }
                }
            };
        }
    }

    private static final class Nothing implements SegmentReader {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            return -1;
        }

        @Override
        public void close() {}
    }
}
