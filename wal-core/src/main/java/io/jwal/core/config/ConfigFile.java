package io.jwal.core.config;

import io.jwal.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets the text out of a configuration file. */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * Reads a file whole.
     *
     * @param file the file
     * @return its text
     * @throws ConfigException if there is none, or it is no UTF-8 text of at most 1 MiB
     */
    public static String read(Path file) {
        if (Files.isDirectory(file)) {
            throw refusal(file, "this is a directory; name a file in it", null);
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return text(file, bytes.readNBytes(ConfigLimits.BYTES + 1));
        } catch (NoSuchFileException e) {
            throw refusal(file, "there is no such file; looked for " + file.toAbsolutePath(), e);
        } catch (AccessDeniedException e) {
            throw refusal(file, "this user may not read the file; change its permissions or its owner", e);
        } catch (IOException e) {
            throw refusal(file, "the file cannot be read: " + e.getMessage(), e);
        }
    }

    private static String text(Path file, byte[] bytes) {
        if (bytes.length > ConfigLimits.BYTES) {
            throw refusal(file, ConfigLimits.TOO_LARGE, null);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refusal(file, "this is not UTF-8 text; save the file in that encoding", e);
        }
    }

    private static ConfigException refusal(Path file, String message, @Nullable IOException cause) {
        return new ConfigException(file.toString(), List.of(new ConfigException.Problem("", message)), cause);
    }
}
