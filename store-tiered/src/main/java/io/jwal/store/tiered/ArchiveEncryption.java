package io.jwal.store.tiered;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How archive copies are encrypted: AES-256-GCM with a key of its own for each, wrapped by a key of the configuration. To
 * rotate keys add one and make it the current one; the old one stays until no copy names it any more.
 *
 * @param current the id of the key for new copies, or {@code none} if they are not to be encrypted
 * @param keys all keys that copies in the archive may name
 */
public record ArchiveEncryption(String current, List<ArchiveKey> keys) {
    /**
     * Checks that ids are named once, and that the current one is there.
     *
     * @throws IllegalArgumentException if not
     */
    public ArchiveEncryption {
        Objects.requireNonNull(current, "current");
        keys = List.copyOf(keys);
        checkIds(keys);
        if (!current.equals(ArchiveKey.NONE)
                && keys.stream().noneMatch(key -> key.id().equals(current))) {
            throw new IllegalArgumentException("current is \"" + current + "\", but keys has "
                    + keys.stream().map(ArchiveKey::id).toList()
                    + "; write the id of one of them, or \"none\" if new copies are not to be encrypted");
        }
    }

    static void checkIds(List<ArchiveKey> keys) {
        Set<String> ids = new HashSet<>();
        for (ArchiveKey key : keys) {
            if (!ids.add(key.id())) {
                throw new IllegalArgumentException("two keys have the id \"" + key.id() + "\"");
            }
        }
    }
}
