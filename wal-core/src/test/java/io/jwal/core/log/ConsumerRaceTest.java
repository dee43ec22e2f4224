package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.WalConsumer;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.core.WalConfig.Retention;
import io.jwal.store.ByteSize;
import io.jwal.store.tck.simulator.CrashMedium;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Consumers that are opened, commit and are closed at the moment when the log is cut beside them. */
class ConsumerRaceTest {
    private static final int ROUNDS = 20_000;

    private final CrashMedium medium = new CrashMedium();

    /** Its start holds entries until its first commit does. */
    @Test
    void oneThatCommitsForTheFirstTimeIsWaitedForAllTheTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Wal wal = open(medium)) {
                wal.append(new byte[3000]);
            }
        }
        WalConfig config = TestLogs.config(medium)
                .retention(new Retention(null, ByteSize.ofKibibytes(4), true))
                .build();
        try (Wal wal = JWal.open(config)) {
            AtomicBoolean over = new AtomicBoolean();
            WalConsumer only = wal.consumer("c0");
            Background<Boolean> retaining = Background.run(() -> {
                while (!over.get()) {
                    ((WritingLog) wal).retain();
                }
            });
            for (int i = 1; i <= ROUNDS && wal.firstIndex() == 1; i++) {
                only.commit();
                WalConsumer next = wal.consumer("c" + i);
                only.close();
                wal.removeConsumer(only.name());
                only = next;
            }
            over.set(true);
            assertThat(retaining.failure()).isNull();
            assertThat(wal.firstIndex()).isEqualTo(1);
            only.close();
        }
    }
}
