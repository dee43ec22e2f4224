package io.jwal.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.LogNotFoundException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.LogInspector;
import io.jwal.core.Verification;
import io.jwal.core.WalConfig;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who looks at a log while it is made finds none yet, or a sound one: no trouble of its storage, and no damage. */
class NewLogTest {
    private static final int LOGS = Integer.getInteger("jwal.new.logs", 60);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"""
                { "type": "file", "directory": "%1$s" }""", """
                { "type": "tiered", "hot": { "type": "file", "directory": "%1$s/hot" },
                  "archive": { "type": "file", "directory": "%1$s/archive" } }"""})
    void whoLooksWhileALogIsMadeFindsNoneOrASoundOne(String store) throws Exception {
        for (int i = 0; i < LOGS; i++) {
            WalConfig config = WalConfig.parse("{ \"store\": " + store.formatted(directory.resolve("log-" + i)) + "}");
            CompletableFuture<byte[]> follower = CompletableFuture.supplyAsync(() -> firstEntry(config));
            CompletableFuture<Void> inspector = CompletableFuture.runAsync(() -> verifyTheFirst(config));
            try (Wal wal = JWal.open(config)) {
                wal.append(new byte[] {(byte) i});
                assertThat(follower.get(2, TimeUnit.MINUTES)).containsExactly(i);
                inspector.get(2, TimeUnit.MINUTES);
            }
        }
    }

    private static byte[] firstEntry(WalConfig config) {
        while (true) {
            try (WalReader reader = JWal.openReader(config)) {
                if (reader.lastIndex() == 1) {
                    return reader.read(1);
                }
            } catch (LogNotFoundException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static void verifyTheFirst(WalConfig config) {
        while (true) {
            try (LogInspector inspector = LogInspector.open(config)) {
                Verification found = inspector.verify((done, all) -> {});
                assertThat(found.findings()).isEmpty();
                if (found.lastIndex() == 1) {
                    return;
                }
            } catch (LogNotFoundException e) {
                Thread.onSpinWait();
            }
        }
    }
}
