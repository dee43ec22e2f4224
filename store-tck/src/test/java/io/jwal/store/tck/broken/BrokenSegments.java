package io.jwal.store.tck.broken;

import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Mistakes of creating, deleting and listing segments. */
final class BrokenSegments {
    private BrokenSegments() {}

    @Breaks({"createSegment_refuses", "rule8"})
    static final class CreatesOverWhatExists extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
                    try {
                        return sound.createSegment(id, expectedBytes);
                    } catch (SegmentExistsException e) {
                        sound.deleteSegment(id);
                        return sound.createSegment(id, expectedBytes);
                    }
                }
            };
        }
    }

    @Breaks("rule10")
    static final class HasOneWriterAtATime extends BrokenStore {
        private SegmentWriter last;

        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public synchronized SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
                    if (last != null) {
                        last.close();
                    }
                    last = sound.createSegment(id, expectedBytes);
                    return last;
                }
            };
        }
    }

    @Breaks({"deleteSegment_takes", "deleteSegment_ofNone"})
    static final class DeletesNothing extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void deleteSegment(SegmentId id) {}
            };
        }
    }

    @Breaks("deleteSegment_takesThatSegmentAwayAndNoOther")
    static final class DeletesANeighbourToo extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void deleteSegment(SegmentId id) throws IOException {
                    sound.deleteSegment(id);
                    if (id.sequence() < Integer.MAX_VALUE) {
                        sound.deleteSegment(new SegmentId(id.epoch(), id.sequence() + 1));
                    }
                }
            };
        }
    }

    @Breaks({"deleteSegment_ofNone", "rule5_anIdle"})
    static final class CannotDeleteNothing extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void deleteSegment(SegmentId id) throws IOException {
                    if (!sound.listSegments().contains(id)) {
                        throw new SegmentNotFoundException(id, "not there");
                    }
                    sound.deleteSegment(id);
                }
            };
        }
    }

    @Breaks("deleteSegment_")
    static final class ForgetsDeletionsWhenReopened extends BrokenStore {
        private final Set<SegmentId> deleted = ConcurrentHashMap.newKeySet();

        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public void deleteSegment(SegmentId id) {
                    deleted.add(id);
                }

                @Override
                public SegmentReader openSegment(SegmentId id) throws IOException {
                    if (deleted.contains(id)) {
                        throw new SegmentNotFoundException(id, "deleted");
                    }
                    return sound.openSegment(id);
                }

                @Override
                public List<SegmentId> listSegments() throws IOException {
                    List<SegmentId> left = new ArrayList<>(sound.listSegments());
                    left.removeAll(deleted);
                    return left;
                }

                @Override
                public void close() throws IOException {
                    deleted.clear();
                    sound.close();
                }
            };
        }
    }

    private abstract static class BrokenList extends BrokenStore {
        @Override
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public List<SegmentId> listSegments() throws IOException {
                    return list(new ArrayList<>(sound.listSegments()));
                }
            };
        }

        abstract List<SegmentId> list(List<SegmentId> sound) throws IOException;
    }

    @Breaks("listSegments_")
    static final class ListsDescending extends BrokenList {
        @Override
        List<SegmentId> list(List<SegmentId> sound) {
            Collections.reverse(sound);
            return sound;
        }
    }

    @Breaks("listSegments_isAscending")
    static final class ListsByDecimalText extends BrokenList {
        @Override
        List<SegmentId> list(List<SegmentId> sound) {
            sound.sort(Comparator.comparing((SegmentId id) -> Long.toString(id.epoch()))
                    .thenComparing(SegmentId::sequence));
            return sound;
        }
    }

    @Breaks("listSegments_isComplete")
    static final class ListsOnePage extends BrokenList {
        private static final int PAGE = 64;

        @Override
        List<SegmentId> list(List<SegmentId> sound) {
            return sound.subList(0, Math.min(sound.size(), PAGE));
        }
    }

    @Breaks({"listSegments_isComplete", "rule4_anUnsealed"})
    static final class ListsSealedSegmentsOnly extends BrokenStore {
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
        Store store(Store sound) {
            return new ForwardingStore(sound) {
                @Override
                public List<SegmentId> listSegments() throws IOException {
                    return sound.listSegments().stream()
                            .filter(sealed::contains)
                            .toList();
                }
            };
        }
    }

    @Breaks({"listSegments_isEmpty", "rule9_aStore"})
    static final class CannotListNothing extends BrokenList {
        @Override
        List<SegmentId> list(List<SegmentId> sound) throws IOException {
            if (sound.isEmpty()) {
                throw new StoreException("there is no such directory");
            }
            return sound;
        }
    }
}
