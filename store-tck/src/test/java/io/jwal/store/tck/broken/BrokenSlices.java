package io.jwal.store.tck.broken;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mistakes of slices. */
final class BrokenSlices {
    private BrokenSlices() {}

    private abstract static class BrokenSlice extends BrokenStore {
        /** Slices given away, writable. */
        final List<ByteBuffer> given = Collections.synchronizedList(new ArrayList<>());

        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public ByteBuffer slice(long position, int length) throws IOException {
                    return broken(sound, position, length);
                }

                @Override
                public void close() throws IOException {
                    closed();
                    super.close();
                }
            };
        }

        abstract ByteBuffer broken(SegmentReader sound, long position, int length) throws IOException;

        void closed() {}

        final ByteBuffer remember(ByteBuffer slice) {
            ByteBuffer copy = ByteBuffer.allocate(slice.remaining()).put(slice).flip();
            given.add(copy);
            return copy;
        }

        final void wipe() {
            for (ByteBuffer slice : given) {
                slice.clear().put(new byte[slice.capacity()]);
            }
        }
    }

    @Breaks("slice_isExactly")
    static final class IsWritable extends BrokenSlice {
        @Override
        ByteBuffer broken(SegmentReader sound, long position, int length) throws IOException {
            return remember(sound.slice(position, length)).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Breaks("slice_isExactly")
    static final class IsBigEndian extends BrokenSlice {
        @Override
        ByteBuffer broken(SegmentReader sound, long position, int length) throws IOException {
            return sound.slice(position, length).order(ByteOrder.BIG_ENDIAN);
        }
    }

    @Breaks({"slice_isExactly", "slice_pastTheEnd"})
    static final class IsTooLong extends BrokenSlice {
        @Override
        ByteBuffer broken(SegmentReader sound, long position, int length) throws IOException {
            return sound.slice(position, length + 1);
        }
    }

    @Breaks("slice_pastTheEnd")
    static final class EndsEarlyAtTheEnd extends BrokenSlice {
        @Override
        ByteBuffer broken(SegmentReader sound, long position, int length) throws IOException {
            try {
                return sound.slice(position, length);
            } catch (EOFException e) {
                return ByteBuffer.allocate(0).asReadOnlyBuffer();
            }
        }
    }

    @Breaks("slice_staysAsItWas")
    static final class IsWipedWhenTheReaderCloses extends BrokenSlice {
        @Override
        ByteBuffer broken(SegmentReader sound, long position, int length) throws IOException {
            return remember(sound.slice(position, length)).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        void closed() {
            wipe();
        }
    }

    @Breaks({"slice_staysAsItWas", "rule10_manyRead"})
    static final class IsOverwrittenByTheNext extends BrokenSlice {
        @Override
        ByteBuffer broken(SegmentReader sound, long position, int length) throws IOException {
            wipe();
            return remember(sound.slice(position, length)).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Breaks("slice_movesNoOther")
    static final class SharesItsPosition extends BrokenSlice {
        private ByteBuffer last = ByteBuffer.allocate(0);

        @Override
        synchronized ByteBuffer broken(SegmentReader sound, long position, int length) throws IOException {
            ByteBuffer slice = sound.slice(position, length);
            boolean same = slice.equals(last.duplicate().clear());
            last = same ? last : slice;
            return last;
        }
    }

    private abstract static class BrokenMap extends BrokenStore {
        volatile boolean sealed;

        @Override
        SegmentWriter writer(SegmentId id, SegmentWriter sound) {
            return new ForwardingWriter(sound) {
                @Override
                public void seal() throws IOException {
                    super.seal();
                    sealed = true;
                }
            };
        }

        @Override
        SegmentReader reader(SegmentId id, SegmentReader sound) {
            return new ForwardingReader(sound) {
                @Override
                public @Nullable ByteBuffer mapped() {
                    try {
                        return broken(sound.slice(0, (int) sound.size()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }

        abstract @Nullable ByteBuffer broken(ByteBuffer whole);
    }

    @Breaks("mapped_isAll")
    static final class MapsAnOpenSegment extends BrokenMap {
        @Override
        ByteBuffer broken(ByteBuffer whole) {
            return whole;
        }
    }

    @Breaks("mapped_isAll")
    static final class MapsAPart extends BrokenMap {
        @Override
        @Nullable
        ByteBuffer broken(ByteBuffer whole) {
            return sealed ? whole.slice(0, whole.limit() - 1).order(ByteOrder.LITTLE_ENDIAN) : null;
        }
    }

    @Breaks("mapped_isAll")
    static final class MapsBigEndian extends BrokenMap {
        @Override
        @Nullable
        ByteBuffer broken(ByteBuffer whole) {
            return sealed ? whole.order(ByteOrder.BIG_ENDIAN) : null;
        }
    }
}
