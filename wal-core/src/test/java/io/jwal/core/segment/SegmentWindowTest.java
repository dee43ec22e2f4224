package io.jwal.core.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentReader;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A store that verifies what it fetched refuses a range of which a part is damaged. */
class SegmentWindowTest {
    private static final int DAMAGED = 600;

    private final SegmentWindow window = new SegmentWindow(new SegmentReader() {
        @Override
        public long size() {
            return 1000;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            if (position <= DAMAGED && position + target.remaining() > DAMAGED) {
                throw new StoreCorruptException("byte " + DAMAGED + " is not what was written");
            }
            int length = target.remaining();
            while (target.hasRemaining()) {
                target.put((byte) (position + target.position()));
            }
            return length;
        }

        @Override
        public void close() {}
    });

    @Test
    void damageFurtherOnHurtsNothingBeforeIt() throws IOException {
        int at = window.load(500, 100, 1000);
        assertThat(window.buffer().get(at)).isEqualTo((byte) 500);
        assertThat(window.buffer().get(at + 99)).isEqualTo((byte) 599);
    }

    @Test
    void damageInWhatIsAskedForIsRefused() {
        assertThatThrownBy(() -> window.load(501, 100, 1000)).isInstanceOf(StoreCorruptException.class);
    }

    @Test
    void behindTheDamageAllIsFetchedAtOnce() throws IOException {
        window.load(601, 8, 1000);
        assertThat(window.buffer().limit()).isEqualTo(399);
    }
}
