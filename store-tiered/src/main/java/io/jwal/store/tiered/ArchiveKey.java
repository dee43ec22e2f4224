package io.jwal.store.tiered;

import io.jwal.store.Secret;
import io.jwal.store.StoreException;
import io.jwal.store.tiered.blocks.KeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key of 256 bits that archive copies are encrypted with: {@code {"id": "2026", "key": "${WAL_KEY}"}}, or a file that
 * holds it. In hexadecimal digits or Base64.
 *
 * @param id its name, which stands in each copy in the clear; never given to another key
 * @param key the key
 * @param file a file with the key and nothing else, read when the store is opened
 */
public record ArchiveKey(
        String id, @Nullable Secret key, @Nullable Path file) {
    /** Says that nothing is to be encrypted where the name of a key is asked for. */
    static final String NONE = "none";

    private static final int KEY_BYTES = 32;
    private static final int HEX_DIGITS = 2 * KEY_BYTES;
    private static final int MAX_FILE_BYTES = 1024;
    private static final String WANTED = "a key of 256 bits, 64 hexadecimal digits or Base64 of 32 bytes, such as"
            + " `openssl rand -hex 32` prints";

    /**
     * Checks that there is one key, as long as it has to be.
     *
     * @throws IllegalArgumentException if not; its message does not repeat the key
     */
    public ArchiveKey {
        Objects.requireNonNull(id, "id");
        if (!KeyRing.isName(id) || id.equals(NONE)) {
            throw new IllegalArgumentException("the id of a key is 1 to " + KeyRing.MAX_NAME
                    + " letters, digits, dots, hyphens and underscores, and not \"none\", but got \"" + id + "\"");
        }
        if ((key == null) == (file == null)) {
            throw new IllegalArgumentException("the key \"" + id + "\" has either a \"key\" or a \"file\"");
        }
        if (key != null && decode(key.reveal()) == null) {
            throw new IllegalArgumentException("the key \"" + id + "\" is not " + WANTED);
        }
    }

    /**
     * The key itself.
     *
     * @param option where it is configured
     * @throws StoreException if its file cannot be read or holds no key
     */
    SecretKey load(String option) throws StoreException {
        byte[] bytes = decode(key != null ? key.reveal() : read(Objects.requireNonNull(file), option));
        if (bytes == null) {
            throw new StoreException(option + ".file: " + file + " holds no key; it needs " + WANTED);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    private static String read(Path file, String option) throws StoreException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new StoreException(option + ".file: the key cannot be read: " + e, e);
        }
    }

    private static byte @Nullable [] decode(String text) {
        String stripped = text.strip();
        try {
            byte[] bytes = stripped.length() == HEX_DIGITS
                    ? HexFormat.of().parseHex(stripped)
                    : Base64.getDecoder().decode(stripped);
            return bytes.length == KEY_BYTES ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null; // what it says may repeat the key
        }
    }
}
