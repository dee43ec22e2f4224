package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.ConfigException;
import io.jwal.Cursor;
import io.jwal.LogLockedException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log in this store, opened by name from a configuration file. */
class FolderLogTest {
    @TempDir
    Path directory;

    private Path config;

    @BeforeEach
    void configure() throws IOException {
        config = Files.writeString(directory.resolve("wal.json"), """
                {
                  "store": { "type": "folder", "folder": "%s" },
                  "segment": { "size": "64KiB" },
                  "maxEntry": "16KiB",
                  "maxBatch": "16KiB"
                }
                """.formatted(directory.resolve("data")));
    }

    @Test
    void whatWasAppendedIsThereWhenTheLogIsOpenedAgain() {
        try (Wal wal = JWal.open(config)) {
            for (int i = 1; i <= 1_000; i++) {
                assertThat(wal.append(content(i))).isEqualTo(i);
            }
            wal.truncateBefore(101);
            wal.truncateAfter(900);
        }
        try (Wal wal = JWal.open(config)) {
            assertThat(wal.firstIndex()).isEqualTo(101);
            assertThat(wal.append(content(901))).isEqualTo(901);
            for (int i = 101; i <= 901; i++) {
                assertThat(wal.read(i)).isEqualTo(content(i));
            }
            assertThat(wal.stats().segments().sealed()).as("segments rolled").isPositive();
        }
    }

    @Test
    void aReaderFollowsWhileTheLogIsWritten() {
        try (Wal wal = JWal.open(config)) {
            wal.append(content(1));
            try (WalReader reader = JWal.openReader(config)) {
                assertThat(reader.read(1)).isEqualTo(content(1));
                try (Cursor cursor = reader.cursor(2)) {
                    wal.append(content(2));
                    assertThat(cursor.next(Duration.ofMinutes(1))).isTrue();
                    assertThat(cursor.entryBytes()).isEqualTo(content(2));
                }
            }
            assertThatThrownBy(() -> JWal.open(config)).isInstanceOf(LogLockedException.class);
        }
    }

    @Test
    void aMistakeInTheOptionsIsToldWithItsPlace() throws IOException {
        Files.writeString(config, "{\"store\": {\"type\": \"folder\", \"foldr\": \"data\"}}");
        assertThatThrownBy(() -> JWal.open(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("store.foldr")
                .hasMessageContaining("did you mean \"folder\"?");
    }

    private static byte[] content(int index) {
        return ("entry " + index + " ".repeat(index % 200)).getBytes(StandardCharsets.UTF_8);
    }
}
