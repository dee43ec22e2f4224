package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.WalFailedException;
import io.jwal.core.log.Background;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingBatchTest {
    private final PendingBatch batch = Batches.of(7);

    @Test
    void isOpenUntilItIsTakenAndPendingUntilItEnds() {
        assertThat(batch.isOpen()).isTrue();
        batch.take();
        assertThat(batch.isOpen()).isFalse();
        assertThat(batch.isPending()).isTrue();
        batch.succeed();
        assertThat(batch.isPending()).isFalse();
        assertThatCode(batch::rethrow).doesNotThrowAnyException();
    }

    @Test
    void eachCallerGetsAnExceptionOfItsOwn() {
        WalFailedException shared = new WalFailedException("the log failed", null);
        CompletableFuture<Long> future = new CompletableFuture<>();
        batch.promise(future, 7);
        batch.fail(shared);
        batch.keepPromises();
        assertThat(batch.isPending()).isFalse();
        assertThatThrownBy(batch::rethrow)
                .isInstanceOf(WalFailedException.class)
                .hasMessage(shared.getMessage())
                .isNotSameAs(shared);
        assertThat(future)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(WalFailedException.class)
                .isNotSameAs(shared);
    }

    @Test
    void keepsItsPromises() {
        CompletableFuture<Long> future = new CompletableFuture<>();
        CompletableFuture<Long> other = new CompletableFuture<>();
        batch.promise(future, 6);
        batch.promise(other, 7);
        assertThat(batch.promises()).isEqualTo(2);
        batch.succeed();
        batch.keepPromises();
        assertThat(future).isCompletedWithValue(6L);
        assertThat(other).isCompletedWithValue(7L);
    }

    @Test
    void isWholeWhenTheLastWhoFillsItHas() throws Exception {
        batch.beginFill();
        batch.beginFill();
        Background<Boolean> closing = Background.call(() -> {
                    batch.awaitFilled();
                    return Thread.interrupted();
                })
                .awaitStuck();
        closing.interrupt();
        batch.endFill();
        closing.awaitStuck();
        assertThat(closing.isDone()).isFalse();
        batch.endFill();
        assertThat(closing.result()).as("the interrupt is kept").isTrue();
    }

    @Test
    void awaitingLeavesNoInterruptBehindThatWasNone() throws Exception {
        batch.beginFill();
        Background<Boolean> closing = Background.call(() -> {
                    batch.awaitFilled();
                    return Thread.interrupted();
                })
                .awaitStuck();
        batch.endFill();
        assertThat(closing.result()).isFalse();
    }
}
