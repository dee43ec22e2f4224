package io.jwal.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A sealed segment whose end the store itself knows to be damaged, index and all. */
class RottenEndTest {
    private static final int BATCH = 128; // 40 of the header, three entries of 28, padding

    @Test
    void onlyWhatLiesInTheDamageIsLost() throws IOException {
        BuiltSegment built = new BuiltSegment(1)
                .batch(1, 3, 0, 0)
                .batch(4, 3, 3, 0)
                .batch(7, 3, 6, 0)
                .sealed();
        LogManifest.Segment named = built.namedSealed(9);
        for (int rotten = 64; rotten < built.size(); rotten += 8) {
            SegmentShelf shelf = new SegmentShelf().failing(built, rotten, new StoreCorruptException("a rotten block"));
            ReadableSegment segment = ReadableSegment.sealed(shelf, named);
            for (int entry = 1; entry <= 9; entry++) {
                int index = entry;
                int end = 64 + (entry - 1) / 3 * BATCH + 40 + ((entry - 1) % 3 + 1) * 28;
                if (end <= rotten) {
                    assertThat(segment.read(entry)[0])
                            .as("rotten from %d", rotten)
                            .isEqualTo((byte) entry);
                } else {
                    assertThatThrownBy(() -> segment.read(index))
                            .as("entry %d, rotten from %d", entry, rotten)
                            .isInstanceOfAny(CorruptLogException.class, StoreCorruptException.class);
                }
            }
        }
    }

    @Test
    void whatLiesBehindADamagedHeaderIsFoundAgain() throws IOException {
        int batches = 60;
        BuiltSegment built = new BuiltSegment(1);
        for (int i = 0; i < batches; i++) {
            built.batch(3 * i + 1, 3, 3 * i, 0);
        }
        LogManifest.Segment named = built.sealed().namedSealed(3 * batches);
        int header = 64 + 5 * BATCH;
        int end = 64 + batches * BATCH;
        for (int length = 8; length < (end - header) / 2; length += 8) {
            ReadableSegment segment = ReadableSegment.sealed(rotten(built, header, header + length, end), named);
            int firstSound = 3 * (5 + (length + BATCH - 1) / BATCH) + 1;
            for (int entry = 1; entry <= 3 * batches; entry++) {
                int index = entry;
                if (entry <= 15 || entry >= firstSound) {
                    assertThat(segment.read(entry)[0])
                            .as("entry %d, %d bytes are rotten", entry, length)
                            .isEqualTo((byte) entry);
                } else {
                    assertThatThrownBy(() -> segment.read(index))
                            .as("entry %d, %d bytes are rotten", entry, length)
                            .isInstanceOfAny(CorruptLogException.class, StoreCorruptException.class);
                }
            }
        }
    }

    /** A store of a segment that refuses what lies in a range, and at the end. */
    private static Store rotten(BuiltSegment built, long from, long to, long end) {
        SegmentReader reader = new SegmentReader() {
            @Override
            public long size() {
                return built.size();
            }

            @Override
            public int read(long position, ByteBuffer target) throws IOException {
                int length = (int) Math.min(target.remaining(), built.size() - position);
                long behind = position + length;
                if ((position < to && behind > from) || behind > end) {
                    throw new StoreCorruptException("a rotten block");
                }
                target.put(built.bytes(), (int) position, length);
                return length;
            }

            @Override
            public void close() {}
        };
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> reader);
    }
}
