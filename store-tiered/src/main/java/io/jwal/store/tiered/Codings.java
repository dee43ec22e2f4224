package io.jwal.store.tiered;

import io.jwal.store.StoreException;
import io.jwal.store.tiered.blocks.Coding;
import io.jwal.store.tiered.blocks.Compression;
import io.jwal.store.tiered.blocks.KeyRing;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** What the configuration says of how archive copies lie there. */
final class Codings {
    private Codings() {}

    /**
     * For who writes and reads.
     *
     * @throws StoreException if the file of a key cannot be read
     */
    static Coding of(TieredStoreConfig config) throws StoreException {
        ArchiveEncryption encryption = config.encryption();
        String current =
                encryption == null || encryption.current().equals(ArchiveKey.NONE) ? null : encryption.current();
        return coding(
                Objects.requireNonNull(config.compression()).effective(),
                config.keys(),
                current,
                "store.encryption.keys");
    }

    /**
     * For who only reads.
     *
     * @param option where the keys are configured
     * @throws StoreException if the file of a key cannot be read
     */
    static Coding reading(List<ArchiveKey> keys, String option) throws StoreException {
        return coding(Compression.NONE, keys, null, option);
    }

    private static Coding coding(
            Compression compression, List<ArchiveKey> keys, @Nullable String current, String option)
            throws StoreException {
        Map<String, SecretKey> loaded = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            loaded.put(keys.get(i).id(), keys.get(i).load(option + "[" + i + "]"));
        }
        return new Coding(compression, new KeyRing(loaded, current, option), Coding.BLOCK_BYTES, new SecureRandom());
    }
}
