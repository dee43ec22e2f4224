package io.jwal.store.tiered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.ConfigException;
import io.jwal.StoreFailedException;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration says of keys and compression, and what is said of its mistakes. */
class CodingOptionsTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @TempDir
    private Path directory;

    private static String tiered(String options) {
        return """
                { "store": { "type": "tiered", "hot": { "type": "memory", "name": "options" },
                           "archive": { "type": "memory", "name": "options-past" }, %s } }
                """.formatted(options);
    }

    private static String keys(String current, String... keys) {
        return "\"encryption\": { \"current\": \"" + current + "\", \"keys\": [" + String.join(", ", keys) + "] }";
    }

    private static String key(String id, String option, String value) {
        return "{ \"id\": \"" + id + "\", \"" + option + "\": \"" + value + "\" }";
    }

    @Test
    void aKeyIsWrittenInHexadecimalOrBase64OrInAFile() throws IOException {
        byte[] bytes = HexFormat.of().parseHex(HEX);
        String base64 = Base64.getEncoder().encodeToString(bytes);
        Path file = Files.writeString(directory.resolve("key"), HEX.toUpperCase() + "\n");
        for (String key : new String[] {
            key("a", "key", HEX),
            key("a", "key", base64),
            key("a", "file", file.toString().replace('\\', '/'))
        }) {
            try (Wal wal = JWal.open(WalConfig.parse(tiered("\"compression\": \"Auto\", " + keys("a", key))))) {
                assertThat(wal.append(new byte[10])).isPositive();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a    | abcd                 | store.encryption.keys[0]: the key "a" is not a key of 256 bits
            a    | 0123456789abcdefg    | store.encryption.keys[0]: the key "a" is not a key of 256 bits
            none | KEY                  | store.encryption.keys[0]: the id of a key is 1 to 64 letters
            a b  | KEY                  | store.encryption.keys[0]: the id of a key is 1 to 64 letters
            b    | KEY                  | store.encryption: current is "a", but keys has [b]
            """)
    void whatIsWrongIsToldWithItsPlace(String id, String key, String message) {
        String given = key.replace("KEY", HEX);
        assertThatThrownBy(() -> WalConfig.parse(tiered(keys("a", key(id, "key", given)))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(given);
    }

    @Test
    void twoKeysOfOneIdOrNeitherKeyNorFileAreMistakes() {
        String key = key("a", "key", HEX);
        assertThatThrownBy(() -> WalConfig.parse(tiered(keys("a", key, key))))
                .hasMessageContaining("store.encryption: two keys have the id \"a\"");
        assertThatThrownBy(() -> WalConfig.parse(tiered(keys("a", "{ \"id\": \"a\" }"))))
                .hasMessageContaining("store.encryption.keys[0]: the key \"a\" has either a \"key\" or a \"file\"");
        assertThatThrownBy(() -> WalConfig.parse(tiered("\"encryption\": { \"keys\": [" + key + "] }")))
                .hasMessageContaining("store.encryption.current: missing");
        assertThatThrownBy(() -> WalConfig.parse(tiered("\"compression\": \"zip\"")))
                .hasMessageContaining(
                        "store.compression: \"zip\" is not one of \"none\", \"auto\", \"deflate\", \"zstd\"");
    }

    @Test
    void aFileWithoutAKeyIsToldWithItsPlace() throws IOException {
        Path file = directory.resolve("key");
        WalConfig config = WalConfig.parse(tiered(
                keys("a", key("b", "key", HEX), key("a", "file", file.toString().replace('\\', '/')))));
        assertThatThrownBy(() -> JWal.open(config))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("store.encryption.keys[1].file")
                .hasMessageContaining("cannot be read");
        Files.writeString(file, HEX + HEX);
        assertThatThrownBy(() -> JWal.open(config))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("store.encryption.keys[1].file: " + file + " holds no key")
                .hasMessageNotContaining(HEX);
    }
}
