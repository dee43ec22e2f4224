package io.jwal.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Durability;
import io.jwal.Entry;
import io.jwal.OutOfOrderException;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.store.tck.simulator.CrashMedium;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A write on an empty log that lies further on comes first there, or has not happened. Found by Lincheck. */
class JumpTest {
    private static final int ROUNDS = 200;
    private static final long FAR = 100;

    @ParameterizedTest
    @EnumSource
    void nobodysEntryTakesThePlaceThatAJumpHasMade(Durability durability) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            boolean async = round % 2 == 0;
            try (Wal wal = JWal.open(
                    TestLogs.config(new CrashMedium()).durability(durability).build())) {
                List<Background<Long>> appends = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    appends.add(Background.call(() -> wal.append(TestLogs.bytes("append"))));
                }
                boolean jumped = jump(wal, async);
                List<Long> indexes = new ArrayList<>();
                for (Background<Long> append : appends) {
                    indexes.add(append.result());
                }
                Collections.sort(indexes);

                assertThat(wal.firstIndex()).isEqualTo(jumped ? FAR : 1);
                assertThat(indexes).isEqualTo(jumped ? List.of(FAR + 1, FAR + 2, FAR + 3) : List.of(1L, 2L, 3L));
                if (jumped) {
                    assertThat(TestLogs.text(wal.read(FAR))).isEqualTo("jump");
                }
            }
        }
    }

    private static boolean jump(Wal wal, boolean async) {
        byte[] content = TestLogs.bytes("jump");
        try {
            if (async) {
                assertThat(wal.writeAllAsync(List.of(new Entry(FAR, content))).join())
                        .isEqualTo(FAR);
            } else {
                wal.write(FAR, content);
            }
            return true;
        } catch (OutOfOrderException e) {
            return false;
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(OutOfOrderException.class);
            return false;
        }
    }
}
