package io.jwal.store.tiered;

import io.jwal.store.StoreException;
import io.jwal.store.tiered.blocks.Codec;
import io.jwal.store.tiered.blocks.Compression;
import io.jwal.store.tiered.blocks.KeyRing;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Makes the codec that the configuration asks for. */
final class ConfiguredCodec {
    private ConfiguredCodec() {}

    /**
     * For who writes and reads.
     *
     * @throws StoreException if the file of a key cannot be read
     */
    static Codec of(TieredStoreConfig config) throws StoreException {
        ArchiveEncryption encryption = config.encryption();
        String current =
                encryption == null || encryption.current().equals(ArchiveKey.NONE) ? null : encryption.current();
        return codec(
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
    static Codec reading(List<ArchiveKey> keys, String option) throws StoreException {
        return codec(Compression.NONE, keys, null, option);
    }

    private static Codec codec(Compression compression, List<ArchiveKey> keys, @Nullable String current, String option)
            throws StoreException {
        Map<String, SecretKey> loaded = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            loaded.put(keys.get(i).id(), keys.get(i).load(option + "[" + i + "]"));
        }
        return new Codec(compression, new KeyRing(loaded, current, option), Codec.BLOCK_BYTES, new SecureRandom());
    }
}
