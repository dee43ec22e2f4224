package io.jwal.core.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.EntryNotFoundException;
import io.jwal.store.LogManifest;
import io.jwal.store.tck.simulator.CrashMedium;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A reader meets a cut and, between any two of its looks, appends that bring its index back: that is no damage. */
class ReadingBesideCutTest {
    @Test
    void anIndexThatComesBackWhileItIsLookedForIsNoDamage() {
        Reading reading = new Reading(new CutSource(LogManifest.empty()));
        assertThatThrownBy(() -> reading.read(1)).isInstanceOf(EntryNotFoundException.class);
    }

    @Test
    void aTimeThatIsLookedForBesideAJumpIsNotBeforeTheLog() {
        LogManifest jumped = new LogManifest(1, 500, 499, 0, List.of(), List.of());
        assertThat(new Reading(new CutSource(jumped)).indexAt(Instant.EPOCH)).isEqualTo(500);
    }

    /** Entry 1 is there, then it is cut away, and when the view has been compared there is a new one. */
    private static final class CutSource implements LogSource {
        private final LogView cut;
        private final SegmentCache none = new SegmentCache(new CrashMedium().open(), 0);
        private long end = 1;

        CutSource(LogManifest manifest) {
            cut = new LogView(manifest, List.of());
        }

        @Override
        public LogView view() {
            return cut;
        }

        @Override
        public long readableEnd(long wanted) {
            long now = end;
            end = 0;
            return now;
        }

        @Override
        public long durableEnd(long wanted) {
            return readableEnd(wanted);
        }

        @Override
        public boolean changedSince(LogView seen) {
            end = 1;
            return false;
        }

        @Override
        public void checkEnd() {}

        @Override
        public void flush(long index) {}

        @Override
        public void checkOpen() {}

        @Override
        public boolean await(boolean durable, long index, BooleanSupplier cut, long nanos) {
            throw new AssertionError("nobody waits here");
        }

        @Override
        public SegmentCache segments() {
            return none;
        }
    }
}
