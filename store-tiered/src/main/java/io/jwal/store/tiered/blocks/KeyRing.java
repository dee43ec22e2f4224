package io.jwal.store.tiered.blocks;

import io.jwal.store.SegmentId;
import io.jwal.store.StoreKeyException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The keys of the configuration, by name. They wrap data keys and encrypt nothing else. Safe for many threads. */
public final class KeyRing {
    /** The longest name of a key. */
    public static final int MAX_NAME = 64;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_NAME + "}");

    private final Map<String, SecretKey> keys;
    private final @Nullable String current;
    private final String option;

    /**
     * Keys.
     *
     * @param keys AES keys of 256 bits by their names
     * @param current the name of the key for what is written; null if that is not to be encrypted
     * @param option where a key is added to the configuration, for messages
     */
    public KeyRing(Map<String, SecretKey> keys, @Nullable String current, String option) {
        this.keys = Map.copyOf(keys);
        this.current = current;
        this.option = option;
        if (current != null && !keys.containsKey(current)) {
            throw new IllegalArgumentException("there is no key \"" + current + "\"");
        }
    }

    /** Whether a text can name a key. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The name of the key for what is written; empty if that is not to be encrypted. */
    String current() {
        return current == null ? "" : current;
    }

    /** Whether a key is there. */
    public boolean has(String name) {
        return keys.containsKey(name);
    }

    /**
     * Makes sure that a key is there, without trying it.
     *
     * @param encoding how a segment of the archive lies there
     * @param piece the segment
     * @throws StoreKeyException if its key is not there
     */
    public void check(Encoding encoding, SegmentId piece) throws StoreKeyException {
        if (!encoding.isClear() && !has(encoding.keyId())) {
            throw missing(encoding.keyId(), piece);
        }
    }

    /**
     * A key.
     *
     * @param piece what is to be read or written with it
     * @throws StoreKeyException if it is not there
     */
    SecretKey named(String name, SegmentId piece) throws StoreKeyException {
        SecretKey key = keys.get(name);
        if (key == null) {
            throw missing(name, piece);
        }
        return key;
    }

    private StoreKeyException missing(String name, SegmentId piece) {
        return new StoreKeyException(
                name,
                "segment " + piece + " of the archive is encrypted with the key \"" + name
                        + "\", which is not configured; add it to " + option + ", which has "
                        + (keys.isEmpty() ? "none" : String.join(", ", new TreeSet<>(keys.keySet()))));
    }

    /** What is said of a key that does not open what names it. */
    StoreKeyException wrong(String name, SegmentId piece, Exception cause) {
        return new StoreKeyException(
                name,
                "the key \"" + name + "\" does not open segment " + piece + " of the archive: it is not the key by this"
                        + " name that the segment was written with, or the segment's header was forged; correct the key in "
                        + option,
                cause);
    }

    /** The names alone. */
    @Override
    public String toString() {
        return new TreeMap<>(keys).keySet() + (current == null ? "" : ", current " + current);
    }
}
