package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rule 3, and the outcome of other failures. Needs {@link StoreContractTest#failNext}. */
interface FailureRules {
    @Test
    default void rule3_aFailedAppendPoisonsTheWriter(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        subject.hooks().failNext(StoreOperation.APPEND);

        assertThatThrownBy(() -> writer.append(Content.text("lost"))).isInstanceOf(IOException.class);
        assertAcceptsNothing(writer);
        assertThat(subject.contents(ID)).startsWith('x');
    }

    @Test
    default void rule3_aFailedSyncPoisonsTheWriter(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        writer.append(Content.text("lost"));
        subject.hooks().failNext(StoreOperation.SYNC);

        assertThatThrownBy(writer::sync).isInstanceOf(IOException.class);
        assertAcceptsNothing(writer);
        subject.afterCrash();
        assertThat(subject.contents(ID)).startsWith('x');
    }

    @Test
    default void rule3_aFailedAppendAndSyncPoisonsTheWriter(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        subject.hooks().failNext(StoreOperation.SYNC);

        assertThatThrownBy(() -> writer.appendAndSync(Content.text("lost"))).isInstanceOf(IOException.class);
        assertAcceptsNothing(writer);
    }

    @Test
    default void rule3_aFailedAsynchronousSyncFailsAllAfterIt(StoreUnderTest subject) throws Exception {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        writer.append(Content.text("lost"));
        subject.hooks().failNext(StoreOperation.SYNC);

        for (int i = 0; i < 2; i++) {
            CompletableFuture<Long> sync = writer.syncAsync();
            assertThatThrownBy(() -> sync.get(subject.hooks().patience().toNanos(), TimeUnit.NANOSECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
        assertAcceptsNothing(writer);
    }

    @Test
    default void rule3_aFailedSealPoisonsTheWriter(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        subject.hooks().failNext(StoreOperation.SEAL);

        assertThatThrownBy(writer::seal).isInstanceOf(IOException.class);
        assertAcceptsNothing(writer);
        assertThat(subject.contents(ID)).startsWith('x');
    }

    @Test
    default void rule3_aFailureStaysWithItsWriter(StoreUnderTest subject) throws IOException {
        SegmentId other = new SegmentId(1, 2);
        SegmentWriter failing = subject.createSynced(ID, new byte[] {'x'});
        SegmentWriter sound = subject.createSynced(other, new byte[] {'y'});
        subject.hooks().failNext(StoreOperation.APPEND);

        assertThatThrownBy(() -> failing.append(Content.text("lost"))).isInstanceOf(IOException.class);
        sound.appendAndSync(Content.text("z"));
        assertThat(subject.contents(other)).asString().isEqualTo("yz");
    }

    private static void assertAcceptsNothing(SegmentWriter writer) throws IOException {
        assertThatThrownBy(writer::sync).as("sync").isInstanceOf(IOException.class);
        assertThatThrownBy(() -> writer.append(Content.text("no"))).as("append").isInstanceOf(IOException.class);
        assertThatThrownBy(() -> writer.appendAndSync(Content.text("no")))
                .as("appendAndSync")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(writer::seal).as("seal").isInstanceOf(IOException.class);
        assertThatThrownBy(writer::sync).as("sync again").isInstanceOf(IOException.class);
        writer.close();
    }

    @Test
    default void rule4_aFailedReadIsAnExceptionAndTheNextOneIsRight(StoreUnderTest subject) throws IOException {
        byte[] content = Content.random(2_000, 1);
        subject.createSealed(ID, content);
        SegmentReader reader = subject.reader(subject.store(), ID);
        subject.hooks().failNext(StoreOperation.READ);

        assertThatThrownBy(() -> reader.read(0, ByteBuffer.allocate(100))).isInstanceOf(IOException.class);
        assertThat(Content.of(reader)).isEqualTo(content);
    }

    @Test
    default void rule2_aFailedWriteHasHappenedWhollyOrNotAtAll(StoreUnderTest subject) throws IOException {
        Store store = subject.store();
        Register first = store.writeRegister("manifest", null, Content.text("one"));
        subject.hooks().failNext(StoreOperation.WRITE_REGISTER);
        assertThatThrownBy(() -> store.writeRegister("manifest", first.version(), Content.text("two")))
                .isInstanceOf(IOException.class);

        Optional<Register> left = subject.afterCrash().readRegister("manifest");
        assertThat(left.orElseThrow().content()).isIn(Content.text("one"), Content.text("two"));
        subject.store().writeRegister("manifest", left.orElseThrow().version(), Content.text("three"));
    }
}
