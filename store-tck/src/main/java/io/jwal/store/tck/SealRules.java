package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What {@link SegmentWriter#seal} says. */
interface SealRules {
    @Test
    default void rule4_aSealedSegmentIsExactlyWhatWasAppended(StoreUnderTest subject) throws IOException {
        byte[] synced = Content.random(10_000, 1);
        byte[] trailer = Content.random(3_000, 2);
        SegmentWriter writer = subject.createSynced(ID, synced);
        writer.append(ByteBuffer.wrap(trailer));
        writer.seal();
        writer.close();

        byte[] wanted = Content.concat(synced, trailer);
        assertThat(subject.contents(ID)).isEqualTo(wanted);
        assertThat(subject.contents(subject.other(), ID)).isEqualTo(wanted);
        subject.afterClose();
        assertThat(subject.contents(ID)).isEqualTo(wanted);
    }

    @Test
    default void seal_endsTheSegmentForGood(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        writer.seal();

        assertThatThrownBy(() -> writer.append(Content.text("late"))).isInstanceOf(Exception.class);
        assertThat(subject.contents(ID)).asString().isEqualTo("x");
        assertThat(subject.store().listSegments()).containsExactly(ID);
    }

    @Test
    default void rule5_aReaderOpenedBeforeTheSealReadsOn(StoreUnderTest subject) throws IOException {
        byte[] first = Content.random(5_000, 1);
        byte[] second = Content.random(5_000, 2);
        SegmentWriter writer = subject.createSynced(ID, first);
        SegmentReader reader = subject.reader(subject.store(), ID);
        ByteBuffer slice = reader.slice(0, first.length);
        writer.append(ByteBuffer.wrap(second));
        writer.seal();

        assertThat(Content.of(reader)).isEqualTo(Content.concat(first, second));
        assertThat(Content.of(slice)).isEqualTo(first);
    }
}
