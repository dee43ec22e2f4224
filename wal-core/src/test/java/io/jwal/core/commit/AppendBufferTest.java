package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Durability;
import io.jwal.OutcomeUnknownException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AppendBufferTest {
    private final Health health = new Health(1, () -> 1);
    private final AppendBuffer buffer = new AppendBuffer(
            new CommitSettings(Durability.SYNC, Duration.ofSeconds(1), Duration.ZERO, 1000, 1000, 1000, 1),
            new Ready(),
            new Tail(0),
            health,
            new Completions(),
            () -> {},
            () -> {});

    /** Its place among the entries of others is there, and what is in it nobody knows. */
    @Test
    void aCallThatCannotBeCopiedEndsTheLog() {
        byte[][] entries = {new byte[10], new byte[10]};
        Contents contents = Contents.of(entries);
        entries[1] = null;
        assertThatThrownBy(() -> buffer.put(contents, 0, null, true)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(health.canWrite()).isFalse();
        buffer.open().awaitFilled();
    }

    /** Takes everything. */
    private static final class Ready implements BatchTarget {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void prepare() {}

        @Override
        public boolean isDue(BatchBuffer batch) {
            return false;
        }

        @Override
        public void roll() {}

        @Override
        public void append(BatchBuffer batch, long firstIndex, boolean sync) throws IOException {}

        @Override
        public CompletableFuture<Long> appendAndSyncLater(BatchBuffer batch, long firstIndex) {
            return CompletableFuture.completedFuture(firstIndex);
        }

        @Override
        public void sync() {}
    }
}
