package io.jwal.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the memory store promises beyond the contract of every store. */
class MemoryStoreTest {
    private static final SegmentId ID = new SegmentId(1, 1);

    @Test
    void contentsOutliveTheStoreInTheirMedium() throws IOException {
        MemoryMedium medium = new MemoryMedium();
        try (MemoryStore store = medium.open()) {
            append(store, ID, "kept");
        }

        try (MemoryStore store = medium.open();
                SegmentReader reader = store.openSegment(ID)) {
            assertThat(text(reader.slice(0, 4))).isEqualTo("kept");
        }
    }

    @Test
    void aSecondWriterTakesOverAndFencesTheFirst() throws IOException {
        MemoryMedium medium = new MemoryMedium();
        try (MemoryStore first = medium.open();
                MemoryStore second = medium.open();
                SegmentWriter writer = first.createSegment(ID, 0)) {
            first.claimWriter();
            second.claimWriter();
            second.fenceSegment(ID);

            assertThatThrownBy(() -> writer.append(bytes("late"))).isInstanceOf(StoreFencedException.class);
            assertThatThrownBy(writer::sync).isInstanceOf(StoreFencedException.class);
        }
    }

    @Test
    void countsWhatItDid() throws IOException {
        try (MemoryStore store = MemoryStore.create()) {
            append(store, ID, "12345");
            try (SegmentReader reader = store.openSegment(ID)) {
                reader.read(3, ByteBuffer.allocate(10));
            }
            store.writeRegister("manifest", null, bytes("v"));

            assertThat(store.counters())
                    .containsEntry("appends", 1L)
                    .containsEntry("bytes.written", 5L)
                    .containsEntry("syncs", 1L)
                    .containsEntry("bytes.read", 2L)
                    .containsEntry("register.writes", 1L)
                    .containsEntry("bytes.held", 5L);
            store.deleteSegment(ID);
            assertThat(store.counters()).containsEntry("segments.deleted", 1L).containsEntry("bytes.held", 0L);
        }
    }

    @Test
    void whatWasSyncedIsClaimed() throws IOException {
        try (Store store = MemoryStore.create();
                SegmentWriter writer = store.createSegment(ID, 0);
                SegmentReader reader = store.openSegment(ID)) {
            writer.appendAndSync(bytes("synced"));
            writer.append(bytes(" not"));

            assertThat(reader.claimedSize()).isEqualTo(6);
            assertThat(reader.size()).isEqualTo(10);
        }
    }

    @Test
    void afterCloseEveryUseSaysSo() throws IOException {
        MemoryStore store = MemoryStore.create();
        SegmentWriter writer = store.createSegment(ID, 0);
        writer.append(bytes("x"));
        SegmentReader reader = store.openSegment(ID);
        store.close();
        store.close();

        assertThatThrownBy(() -> writer.append(bytes("y"))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> reader.read(0, ByteBuffer.allocate(1))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.readRegister("manifest"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aRegisterNameIsChecked() throws IOException {
        try (MemoryStore store = MemoryStore.create()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.readRegister("../manifest"))
                    .withMessageContaining("\"../manifest\"");
        }
    }

    private static void append(Store store, SegmentId id, String text) throws IOException {
        try (SegmentWriter writer = store.createSegment(id, 0)) {
            writer.appendAndSync(bytes(text));
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
