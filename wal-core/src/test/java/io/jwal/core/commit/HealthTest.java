package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.FencedException;
import io.jwal.OutcomeUnknownException;
import io.jwal.WalClosedException;
import io.jwal.WalException;
import io.jwal.WalFailedException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.StoreFullException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final AtomicInteger told = new AtomicInteger();
    private final Health health = new Health(1, () -> 2);

    @BeforeEach
    void listen() {
        health.onEnd(told::incrementAndGet);
    }

    @Test
    void aLogFailsAlsoWhenTheManifestThatShouldTellWhyIsHurtItself() {
        CorruptLogException hurt = new CorruptLogException("the manifest is damaged", null);
        Health hurtToo = new Health(1, () -> {
            throw hurt;
        });
        CorruptLogException first = new CorruptLogException("a segment is damaged", null);

        WalException answer = hurtToo.fail(first);

        assertThat(answer).isInstanceOf(OutcomeUnknownException.class).hasCause(first);
        assertThat(first).hasSuppressedException(hurt);
        assertThat(hurtToo.canWrite()).isFalse();
    }

    /** Or those who wait for the batch would wait for ever. */
    @Test
    void aStoreWithABugDoesNotKeepALogFromFailing() {
        Health unsure = new Health(1, () -> {
            throw new IllegalStateException("a bug");
        });
        CorruptLogException first = new CorruptLogException("a segment is damaged", null);

        assertThat(unsure.fail(first))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCause(first);
        assertThat(unsure.canWrite()).isFalse();
    }

    @Test
    void aHealthyLogAcceptsAppends() {
        assertThatCode(health::check).doesNotThrowAnyException();
        assertThatCode(health::checkNotClosed).doesNotThrowAnyException();
        assertThat(health.isOpen()).isTrue();
        assertThat(health.canWrite()).isTrue();
        assertThat(health.isClosed()).isFalse();
        assertThat(health.cause()).isNull();
        assertThat(told).hasValue(0);
    }

    @Test
    void theFirstFailureIsFinalAndTellsOnce() {
        IOException first = new IOException("the disk is gone");
        assertThat(health.fail(first))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("(the disk is gone)");
        health.fail(new IOException("another"));
        assertThat(health.cause()).isSameAs(first);
        assertThat(health.isOpen()).isFalse();
        assertThat(health.isClosed()).isFalse();
        assertThat(told).hasValue(1);
        assertThatThrownBy(health::check)
                .isInstanceOf(WalFailedException.class)
                .hasMessageContaining("(the disk is gone)")
                .hasCause(first);
        assertThatCode(health::checkNotClosed).doesNotThrowAnyException();
    }

    @Test
    void aClosedLogSaysSoAndMayStillWriteWhatItAccepted() {
        health.close();
        health.close();
        assertThat(told).hasValue(1);
        assertThat(health.isClosed()).isTrue();
        assertThat(health.canWrite()).isTrue();
        assertThatThrownBy(health::check).isInstanceOf(WalClosedException.class);
        assertThatThrownBy(health::checkNotClosed).isInstanceOf(WalClosedException.class);
    }

    @Test
    void aFailureWhileClosingStopsTheWriting() {
        health.close();
        assertThat(health.fail(new IOException("the disk is gone"))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(health.isClosed()).isTrue();
        assertThat(health.canWrite()).isFalse();
        assertThatThrownBy(health::check).isInstanceOf(WalClosedException.class);
    }

    @Test
    void closingAFailedLogKeepsTheCause() {
        IOException cause = new IOException("the disk is gone");
        health.fail(cause);
        health.close();
        assertThat(health.isClosed()).isTrue();
        assertThat(health.cause()).isSameAs(cause);
    }

    @Test
    void aFenceOfTheStoreIsToldAsSuch() {
        StoreFencedException cause = new StoreFencedException("fenced");
        assertThat(health.fail(cause)).isInstanceOf(FencedException.class).hasCause(cause);
        assertThat(health.isOpen()).isFalse();
        assertThatThrownBy(health::check)
                .isInstanceOfSatisfying(
                        FencedException.class, e -> assertThat(e.epoch()).isEqualTo(1));
    }

    @Test
    void whatIsMissingUnderAWriterThatWasReplacedIsItsSuccessorsWork() {
        SegmentNotFoundException gone = new SegmentNotFoundException(new SegmentId(1, 1), "gone");
        assertThat(health.fail(gone)).isInstanceOfSatisfying(FencedException.class, e -> {
            assertThat(e.epoch()).isEqualTo(1);
            assertThat(e.newerEpoch()).isEqualTo(2);
        });
        assertThat(health.refusal())
                .isInstanceOfSatisfying(
                        FencedException.class, e -> assertThat(e.newerEpoch()).isEqualTo(2));
    }

    @Test
    void whatIsMissingUnderAWriterThatWasNotReplacedIsDamage() {
        Health own = new Health(2, () -> 2);
        SegmentNotFoundException gone = new SegmentNotFoundException(new SegmentId(1, 1), "gone");
        assertThat(own.fail(gone)).isInstanceOf(OutcomeUnknownException.class).hasCause(gone);
    }

    @Test
    void theReasonIsTheMessageOrElseTheKind() {
        health.fail(new StoreFullException("1 MB needed"));
        assertThat(health.refusal()).hasMessageContaining("(no space left: 1 MB needed)");
        Health other = new Health(1, () -> 1);
        other.fail(new IOException());
        assertThat(other.refusal()).hasMessageContaining("(IOException)");
    }
}
