package io.jwal.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.Register;
import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rule 1. As hard as {@link StoreContractTest#crash} makes it. */
interface DurabilityRules {
    @Test
    default void rule1_whatWasSyncedSurvivesACrash(StoreUnderTest subject) throws Exception {
        byte[] first = Content.random(3_000, 1);
        byte[] second = Content.random(5_000, 2);
        SegmentWriter writer = subject.createSynced(StoreUnderTest.ID, first);
        writer.append(ByteBuffer.wrap(second));
        writer.sync();
        writer.append(ByteBuffer.wrap(Content.random(4_000, 3)));

        subject.afterCrash();
        assertThat(subject.contents(StoreUnderTest.ID)).startsWith(Content.concat(first, second));
        assertThat(subject.store().listSegments()).contains(StoreUnderTest.ID);
    }

    @Test
    default void rule1_whatWasAppendedAndSyncedInOneSurvivesACrash(StoreUnderTest subject) throws Exception {
        byte[] content = Content.random(3_000, 1);
        subject.create(StoreUnderTest.ID).appendAndSync(ByteBuffer.wrap(content));

        subject.afterCrash();
        assertThat(subject.contents(StoreUnderTest.ID)).startsWith(content);
    }

    @Test
    default void rule1_whatWasSyncedAsynchronouslySurvivesACrash(StoreUnderTest subject) throws Exception {
        byte[] content = Content.random(3_000, 1);
        SegmentWriter writer = subject.create(StoreUnderTest.ID);
        writer.append(ByteBuffer.wrap(content));
        writer.syncAsync().get(subject.hooks().patience().toNanos(), TimeUnit.NANOSECONDS);

        subject.afterCrash();
        assertThat(subject.contents(StoreUnderTest.ID)).startsWith(content);
    }

    @Test
    default void rule1_aSealedSegmentSurvivesACrashWhole(StoreUnderTest subject) throws Exception {
        byte[] synced = Content.random(3_000, 1);
        byte[] trailer = Content.random(2_000, 2);
        SegmentWriter writer = subject.createSynced(StoreUnderTest.ID, synced);
        writer.append(ByteBuffer.wrap(trailer));
        writer.seal();

        subject.afterCrash();
        assertThat(subject.contents(StoreUnderTest.ID)).isEqualTo(Content.concat(synced, trailer));
    }

    @Test
    default void rule1_aRegisterSurvivesACrashWithItsVersion(StoreUnderTest subject) throws Exception {
        Register first = subject.store().writeRegister("manifest", null, Content.text("one"));
        subject.afterCrash();
        assertThat(subject.store().readRegister("manifest")).contains(first);

        Register second = subject.store().writeRegister("manifest", first.version(), Content.text("two"));
        subject.afterCrash();
        assertThat(subject.store().readRegister("manifest")).contains(second);
    }

    @Test
    default void rule1_aFenceSurvivesACrash(StoreUnderTest subject) throws Exception {
        SegmentId neverCreated = new SegmentId(1, 2);
        byte[] content = Content.random(1_000, 1);
        subject.createSynced(StoreUnderTest.ID, content);
        Store successor = subject.takeOver();
        successor.fenceSegment(StoreUnderTest.ID);
        successor.fenceSegment(neverCreated);

        Store again = subject.afterCrash();
        assertThat(subject.contents(StoreUnderTest.ID)).startsWith(content);
        for (SegmentId fenced : new SegmentId[] {StoreUnderTest.ID, neverCreated}) {
            assertThatThrownBy(() -> again.createSegment(fenced, 0)).isInstanceOf(SegmentExistsException.class);
        }
    }

    @Test
    default void rule1_crashUponCrashLosesNothingThatWasSynced(StoreUnderTest subject) throws Exception {
        for (int run = 1; run <= 4; run++) {
            subject.createSynced(new SegmentId(run, 1), Content.random(2_000, run));
            subject.afterCrash();
            for (int earlier = 1; earlier <= run; earlier++) {
                assertThat(subject.contents(new SegmentId(earlier, 1))).startsWith(Content.random(2_000, earlier));
            }
        }
    }

    @Test
    default void rule1_noMoreIsClaimedThanWasSynced(StoreUnderTest subject) throws Exception {
        SegmentWriter writer = subject.createSynced(StoreUnderTest.ID, Content.random(3_000, 1));
        writer.append(ByteBuffer.wrap(Content.random(4_000, 2)));
        SegmentReader reader = subject.reader(subject.store(), StoreUnderTest.ID);
        assertThat(reader.claimedSize()).isBetween(0L, 3_000L);

        subject.afterCrash();
        SegmentReader after = subject.reader(subject.store(), StoreUnderTest.ID);
        assertThat(after.claimedSize()).isBetween(0L, 3_000L);
    }
}
