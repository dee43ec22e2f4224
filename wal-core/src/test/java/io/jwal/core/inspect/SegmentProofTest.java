package io.jwal.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.Wal;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.CrashMedium;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SegmentProofTest {
    private final InspectedLog log = new InspectedLog(new CrashMedium());

    @Test
    void aSealedSegmentIsProvenWithItsRange() throws IOException {
        log.write(1, 9);
        LogManifest.Segment named = log.segments().get(0);

        assertThat(prove(named, size -> size)).contains(named);
    }

    @Test
    void whatLiesBehindACutIsProvenAsWell() throws IOException {
        log.write(1, 9);
        try (Wal wal = log.open()) {
            wal.truncateAfter(4);
        }
        LogManifest.Segment cut = log.segments().get(0);

        assertThat(cut.lastIndex()).isEqualTo(4);
        assertThat(prove(cut, size -> size).orElseThrow().lastIndex()).isEqualTo(9);
    }

    @Test
    void noByteOfASealedSegmentMayDifferButPadding() throws IOException {
        log.write(1, 1); // header, one batch of 40 + 10 bytes and 6 of padding, an index, a trailer
        LogManifest.Segment named = log.segments().get(0);
        int padding = 64 + 40 + 8 + 2;
        for (int i = 0; i < named.bytes(); i++) {
            if (i < padding || i >= 64 + 40 + 16) {
                log.medium.flip(named.id(), i, 1);
                assertThatThrownBy(() -> prove(named, size -> size))
                        .as("byte %d", i)
                        .isInstanceOf(CorruptLogException.class)
                        .hasMessageContaining(named.id().toString());
                log.medium.flip(named.id(), i, 1);
            }
        }
    }

    @Test
    void aSegmentThatLostItsEndIsRefused() throws IOException {
        log.write(1, 9);
        LogManifest.Segment named = log.segments().get(0);

        assertThatThrownBy(() -> prove(named, size -> size - 8)).isInstanceOf(CorruptLogException.class);
    }

    @Test
    void thePartOfAnOpenSegmentIsProvenThatConsistsOfWholeBatches() throws IOException {
        try (Wal wal = log.open()) {
            InspectedLog.append(wal, 1, 3);
            LogManifest.Segment named = log.segments().get(0);
            LogManifest.Segment proven = prove(named, size -> size).orElseThrow();

            assertThat(proven.state()).isEqualTo(LogManifest.State.OPEN);
            assertThat(proven.firstIndex()).isEqualTo(1);
            assertThat(proven.lastIndex()).isEqualTo(3);
            assertThat(proven.bytes()).isEqualTo(64 + 3 * 56);
            assertThat(prove(named, size -> 64 + 56).orElseThrow().lastIndex()).isEqualTo(1);
            assertThatThrownBy(() -> prove(named, size -> size - 8))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining("offset " + (64 + 2 * 56));
            assertThat(prove(named, size -> 64)).isEmpty();
        }
    }

    private Optional<LogManifest.Segment> prove(LogManifest.Segment named, LongUnaryOperator bytes) throws IOException {
        try (Store store = log.medium.open();
                SegmentReader reader = store.openSegment(named.id())) {
            return SegmentProof.of(named, reader, bytes.applyAsLong(reader.size()));
        }
    }
}
