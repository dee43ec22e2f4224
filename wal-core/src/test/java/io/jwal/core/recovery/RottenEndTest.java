package io.jwal.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
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
}
