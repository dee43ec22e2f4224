package io.jwal.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.OutOfRangeException;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.store.tck.simulator.CrashMedium;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** Two threads cut at both ends, past each other: only one of them can be in range. Found by Lincheck. */
class TruncationRaceTest {
    private static final int ROUNDS = 1_500;

    @Test
    void ofTwoCutsThatCrossOneIsOutOfRange() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (Wal wal = JWal.open(TestLogs.config(new CrashMedium()).build())) {
                TestLogs.append(wal, 1, 4);
                CyclicBarrier together = new CyclicBarrier(2);
                Background<Boolean> before = Background.call(() -> {
                    together.await();
                    return done(() -> wal.truncateBefore(4));
                });
                together.await();
                boolean after = done(() -> wal.truncateAfter(2));

                assertThat(before.result()).as("round %d", round).isNotEqualTo(after);
                assertThat(wal.firstIndex()).isEqualTo(after ? 1 : 4);
                assertThat(wal.lastIndex()).isEqualTo(after ? 2 : 4);
                long next = wal.append(TestLogs.bytes("next"));
                assertThat(next).isEqualTo(after ? 3 : 5);
                assertThat(TestLogs.text(wal.read(next))).isEqualTo("next");
            }
        }
    }

    private static boolean done(Runnable cut) {
        try {
            cut.run();
            return true;
        } catch (OutOfRangeException e) {
            return false;
        }
    }
}
