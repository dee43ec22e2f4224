package io.jwal.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.core.LogInspector;
import io.jwal.core.Verification;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.LogManifest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A log is verified while another process writes it: whatever moves under the reader, nothing is wrong with the log. */
@ExtendWith(LogMediaResolver.class)
class LiveLogTest {
    private static final int ROUNDS = 200;

    private final LogMedia media;
    private final InspectedLog log;

    LiveLogTest(LogMedia media) {
        this.media = media;
        log = new InspectedLog(media.next());
    }

    @Test
    void aLogThatGrowsIsSoundAtEveryMoment() {
        verifyBeside(wal -> InspectedLog.append(wal, (int) wal.lastIndex() + 1, (int) wal.lastIndex() + 40));
    }

    @Test
    void aLogThatIsCutAtItsBeginningIsSoundAtEveryMoment() {
        verifyBeside(wal -> {
            InspectedLog.append(wal, (int) wal.lastIndex() + 1, (int) wal.lastIndex() + 200);
            wal.truncateBefore(wal.lastIndex() - 50);
        });
    }

    @Test
    void aLogThatIsCutAtItsEndIsSoundAtEveryMoment() {
        verifyBeside(wal -> {
            InspectedLog.append(wal, (int) wal.lastIndex() + 1, (int) wal.lastIndex() + 100);
            wal.truncateAfter(Math.max(0, wal.lastIndex() - 60));
        });
    }

    @Test
    void aSegmentThatIsDroppedBeforeItIsLookedAtIsNotMissing() {
        log.write(1, 500);
        LogManifest manifest = log.manifest();
        LogManifest.Segment first = manifest.segments().get(0);
        try (Wal wal = log.open()) {
            wal.truncateBefore(first.lastIndex() + 1);
        }
        try (LogInspector inspector = LogInspector.open(log.config())) {
            assertThat(inspector.unnamedSegments(manifest)).doesNotContain(first.id());
            assertThat(inspector.details(first).problem()).contains("dropped");
            inspector.batches(first, batch -> {
                throw new AssertionError(batch);
            });
        }
    }

    private void verifyBeside(Consumer<Wal> work) {
        try (Wal wal = log.open()) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                media.runs(ROUNDS, 0).forEach(round -> work.accept(wal));
            });
            int verified = 0;
            do {
                Verification found = log.verify();
                assertThat(found.findings()).isEmpty();
                if (!found.cutMeanwhile()) {
                    assertThat(found.entries()).isEqualTo(found.lastIndex() - found.firstIndex() + 1);
                    assertThat(found.digest()).isNotNull();
                }
                verified++;
            } while (!writer.isDone());
            writer.join();
            assertThat(verified).isPositive();
        }
    }
}
