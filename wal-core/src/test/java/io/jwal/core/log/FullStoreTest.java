package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.append;
import static io.jwal.core.log.TestLogs.bytes;
import static io.jwal.core.log.TestLogs.contents;
import static io.jwal.core.log.TestLogs.numbered;
import static io.jwal.core.log.TestLogs.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Wal;
import io.jwal.WalFailedException;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.StoreOperation;
import io.jwal.store.tck.simulator.Watermark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a log shows and takes when there is no room to recover into, or to go on. */
@ExtendWith(LogMediaResolver.class)
class FullStoreTest {
    private final LogMedium medium;

    FullStoreTest(LogMedia media) {
        medium = media.next();
    }

    /** No later commit vouches for the last one; that the store knows it synced does. */
    @Test
    void theLastAcknowledgedEntryIsReadableThoughThereIsNoRoomToRecoverInto() {
        medium.watermark(Watermark.INTACT);
        append(open(medium), 1, 5);
        medium.kill();
        medium.faults().fail(StoreOperation.CREATE, 1, Fault.full().forGood());

        try (Wal wal = open(medium)) {
            assertThat(contents(wal)).isEqualTo(numbered(1, 5));
            assertThat(wal.durableIndex()).isEqualTo(5);
            assertThatThrownBy(() -> wal.append(bytes("e6")))
                    .isInstanceOf(WalFailedException.class)
                    .hasMessageContaining("no space left");
            medium.faults().clear();
            append(wal, 6, 6);
            assertThat(contents(wal)).isEqualTo(numbered(1, 6));
        }
    }

    /** The manifest says where it goes on before the first segment there is made. */
    @Test
    void aJumpThatFindsNoRoomForItsEntryHasMovedTheLog() {
        try (Wal wal = open(medium)) {
            medium.faults().fail(StoreOperation.CREATE, 1, Fault.full().forGood());
            assertThatThrownBy(() -> wal.write(10, bytes("e10")))
                    .isInstanceOf(WalFailedException.class)
                    .hasMessageContaining("no space left");
            assertThat(wal.isEmpty()).isTrue();
            assertThat(wal.firstIndex()).isEqualTo(10);
            medium.faults().clear();
            wal.write(10, bytes("e10"));
        }
        try (Wal wal = open(medium)) {
            assertThat(contents(wal)).isEqualTo(numbered(10, 10));
        }
    }
}
