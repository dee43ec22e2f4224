package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jwal.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    Path directory;

    @Test
    void aFileIsReadAsUtf8() throws IOException {
        assertThat(ConfigFile.read(file("{\"a\": \"ä\"}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("{\"a\": \"ä\"}");
    }

    @Test
    void aMissingFileIsToldWithThePlaceThatWasLookedAt() {
        Path relative = Path.of("no-such-wal.json");
        assertRefused(relative, "there is no such file; looked for " + relative.toAbsolutePath());
    }

    @Test
    void aDirectoryIsRefused() {
        assertRefused(directory, "this is a directory; name a file in it");
    }

    @Test
    void aFileOfSomebodyElseIsRefused() throws IOException {
        Path file = file(new byte[0]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");
        assertRefused(file, "this user may not read the file; change its permissions or its owner");
    }

    @Test
    void aFileInAnotherEncodingIsRefused() throws IOException {
        assertRefused(
                file("{\"a\": \"ä\"}".getBytes(StandardCharsets.ISO_8859_1)),
                "this is not UTF-8 text; save the file in that encoding");
        assertRefused(
                file("{}".getBytes(StandardCharsets.UTF_16)), "this is not UTF-8 text; save the file in that encoding");
    }

    @Test
    void aFileThatIsTooLargeIsNotReadWhole() throws IOException {
        assertRefused(file(new byte[(1 << 20) + 1]), "this is too large for a configuration; at most 1MiB");
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(directory.resolve("wal.json"), content);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": " + message);
    }
}
