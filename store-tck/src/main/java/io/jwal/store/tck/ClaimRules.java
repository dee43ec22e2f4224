package io.jwal.store.tck;

import static io.jwal.store.tck.StoreUnderTest.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreFencedException;
import io.jwal.store.StoreLockedException;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import io.jwal.store.WriterClaim;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Rule 8, and what {@link Store#claimWriter} says. */
interface ClaimRules {
    @Test
    default void claimWriter_isRefusedToASecondOneOrFencingGuards(StoreUnderTest subject) throws IOException {
        SegmentWriter writer = subject.createSynced(ID, new byte[] {'x'});
        Store second = subject.other();
        try {
            second.claimWriter();
        } catch (StoreLockedException e) {
            writer.appendAndSync(Content.text("y"));
            assertThat(subject.contents(ID)).asString().isEqualTo("xy");
            return;
        }
        second.fenceSegment(ID);
        assertThatThrownBy(() -> writer.appendAndSync(Content.text("y"))).isInstanceOf(StoreFencedException.class);
    }

    @Test
    default void claimWriter_isFreeAgainAfterItsRelease(StoreUnderTest subject) throws IOException {
        subject.createSealed(ID, new byte[] {'x'});
        subject.releaseClaim();

        try (WriterClaim next = subject.other().claimWriter()) {
            assertThat(next).isNotNull();
        }
        Store third = subject.other();
        third.claimWriter();
        third.createSegment(new SegmentId(2, 1), 0).close();
        assertThat(subject.contents(third, ID)).asString().isEqualTo("x");
    }

    @Test
    default void claimWriter_isGivenBackOnceOnly(StoreUnderTest subject) throws IOException {
        WriterClaim first = subject.other().claimWriter();
        first.close();
        Store second = subject.other();
        second.claimWriter();
        boolean locks = isRefused(subject.other());
        first.close();

        assertThat(isRefused(subject.other())).as("refused still").isEqualTo(locks);
        second.createSegment(ID, 0).close();
    }

    private static boolean isRefused(Store store) throws IOException {
        try {
            store.claimWriter().close();
            return false;
        } catch (StoreLockedException e) {
            return true;
        }
    }

    @Test
    default void close_ofAStoreGivesItsClaimBack(StoreUnderTest subject) throws IOException {
        Store first = subject.other();
        first.claimWriter();
        first.createSegment(ID, 0).close();
        first.close();

        assertThat(isRefused(subject.other())).as("refused").isFalse();
    }

    @Test
    default void rule8_aRefusedClaimHoldsNothing(StoreUnderTest subject) throws IOException {
        Store holder = subject.store();
        Store refused = subject.other();
        for (int i = 0; i < 3; i++) {
            isRefused(refused);
        }
        holder.writeRegister("manifest", null, Content.text("x"));
        subject.releaseClaim();

        assertThat(isRefused(subject.other())).as("refused").isFalse();
        assertThat(isRefused(refused)).as("refused").isFalse();
    }

    @Test
    default void rule8_aFailedClaimHoldsNothing(StoreUnderTest subject) throws IOException {
        Store failing = subject.other();
        subject.hooks().failNext(StoreOperation.CLAIM);
        assertThatThrownBy(failing::claimWriter).isInstanceOf(IOException.class);

        assertThat(isRefused(subject.other())).as("refused").isFalse();
        failing.claimWriter();
    }

    @Test
    default void rule8_refusedCallsLeakNoHandles(StoreUnderTest subject) throws IOException {
        Store store = subject.store();
        SegmentId absent = new SegmentId(9, 9);
        subject.createSealed(ID, Content.random(10_000, 1));
        Version stale = store.writeRegister("state", null, Content.text("1")).version();
        store.writeRegister("state", stale, Content.text("2"));
        refusedCalls(subject, absent, stale);
        long before = subject.hooks().openHandles();
        for (int i = 0; i < 20; i++) {
            refusedCalls(subject, absent, stale);
        }

        assertThat(subject.hooks().openHandles()).as("handles").isEqualTo(before);
    }

    private static void refusedCalls(StoreUnderTest subject, SegmentId absent, Version stale) throws IOException {
        Store store = subject.store();
        assertThatThrownBy(() -> store.createSegment(ID, 1_000)).isInstanceOf(SegmentExistsException.class);
        assertThatThrownBy(() -> store.openSegment(absent)).isInstanceOf(SegmentNotFoundException.class);
        assertThatThrownBy(() -> store.writeRegister("state", stale, Content.text("3")))
                .isInstanceOf(VersionConflictException.class);
        try (Store other = subject.hooks().open()) {
            isRefused(other);
        }
        subject.contents(ID);
    }

    @Test
    default void rule8_failedCallsLeakNoHandles(StoreUnderTest subject) throws IOException {
        failedCalls(subject, 0);
        long before = subject.hooks().openHandles();
        for (int i = 1; i <= 5; i++) {
            failedCalls(subject, i);
        }

        assertThat(subject.hooks().openHandles()).as("handles").isEqualTo(before);
        subject.releaseClaim();
        assertThat(isRefused(subject.other())).as("refused").isFalse();
    }

    private static void failedCalls(StoreUnderTest subject, int round) throws IOException {
        Store store = subject.store();
        SegmentId id = new SegmentId(1 + round, 1);
        SegmentWriter writer = store.createSegment(id, 10_000);
        writer.appendAndSync(Content.text("x"));
        subject.hooks().failNext(StoreOperation.SYNC);
        assertThatThrownBy(() -> writer.appendAndSync(Content.text("y"))).isInstanceOf(IOException.class);
        writer.close();
        subject.hooks().failNext(StoreOperation.OPEN);
        assertThatThrownBy(() -> store.openSegment(id)).isInstanceOf(IOException.class);
        subject.hooks().failNext(StoreOperation.CREATE);
        assertThatThrownBy(() -> store.createSegment(new SegmentId(1 + round, 2), 10_000))
                .isInstanceOf(IOException.class);
        subject.hooks().failNext(StoreOperation.WRITE_REGISTER);
        assertThatThrownBy(() -> store.writeRegister("round-" + round, null, Content.text("x")))
                .isInstanceOf(IOException.class);
    }
}
