package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Rule 9, and what a store that does not exist answers. */
interface ReadOnlyRules {
    @Test
    default void rule9_aStoreThatDoesNotExistReadsAsEmpty(StoreUnderTest subject) throws IOException {
        Store store = subject.other();

        assertThat(store.readRegister("manifest")).isEmpty();
        assertThat(store.listSegments()).isEmpty();
        assertThatThrownBy(() -> store.openSegment(ID)).isInstanceOf(SegmentNotFoundException.class);
        assertThat(store.counters()).isNotNull();
        assertThat(store.traits()).isNotNull().isEqualTo(store.traits());
    }

    @Test
    default void rule9_readingWhereNothingIsCreatesNothing(StoreUnderTest subject) throws IOException {
        Object before = subject.hooks().snapshot();
        readEverything(subject);

        assertThat(subject.hooks().snapshot()).isEqualTo(before);
    }

    @Test
    default void rule9_readingChangesNothing(StoreUnderTest subject) throws IOException {
        SegmentId unsealed = new SegmentId(1, 2);
        SegmentId deleted = new SegmentId(1, 3);
        subject.createSealed(ID, Content.random(10_000, 1));
        subject.createSynced(unsealed, Content.random(10_000, 2));
        subject.createSealed(deleted, Content.random(10_000, 3));
        subject.store().deleteSegment(deleted);
        subject.store().fenceSegment(new SegmentId(1, 4));
        subject.store().writeRegister("manifest", null, Content.text("x"));
        subject.close();

        Object before = subject.hooks().snapshot();
        readEverything(subject);
        assertThat(subject.hooks().snapshot()).isEqualTo(before);
    }

    private static void readEverything(StoreUnderTest subject) throws IOException {
        try (Store store = subject.hooks().open()) {
            store.readRegister("manifest");
            store.readRegister("state");
            assertThatThrownBy(() -> store.openSegment(new SegmentId(7, 7)))
                    .isInstanceOf(SegmentNotFoundException.class);
            for (SegmentId id : store.listSegments()) {
                try (SegmentReader reader = store.openSegment(id)) {
                    Content.of(reader);
                    reader.slice(0, 100);
                    reader.claimedSize();
                }
            }
            store.counters();
        }
    }
}
