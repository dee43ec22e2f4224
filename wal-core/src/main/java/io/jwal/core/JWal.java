package io.jwal.core;

import io.jwal.StoreFailedException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.commit.CommitSettings;
import io.jwal.core.log.EngineSettings;
import io.jwal.core.log.FollowingLog;
import io.jwal.core.log.Opening;
import io.jwal.store.ByteSize;
import io.jwal.store.Store;
import io.jwal.store.StoreTraits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The way into a log.
 *
 * <pre>{@code
 * try (Wal wal = JWal.open(Path.of("wal.json"))) {
 *     long index = wal.append("hello".getBytes(UTF_8)); // durable when it returns
 * }
 * }</pre>
 */
public final class JWal {
    private JWal() {}

    /**
     * Opens a log for writing, and creates it if there is none. Recovers what a crash has left.
     *
     * @param config a JSON configuration
     * @param options what this opening asks for
     * @return the log, to be closed
     * @throws io.jwal.ConfigException if the configuration is wrong; tells all mistakes
     * @throws io.jwal.LogLockedException if another writer has it open
     * @throws io.jwal.CorruptLogException if acknowledged entries are damaged; nothing was changed
     * @throws io.jwal.UnsupportedFormatException if a newer JWal wrote it
     * @throws io.jwal.FencedException if another writer opened it at the same time
     * @throws StoreFailedException if the store cannot be used
     */
    public static Wal open(Path config, OpenOption... options) {
        return open(WalConfig.load(config), options);
    }

    /**
     * The same with a configuration made in Java.
     *
     * @param config the configuration
     * @param options what this opening asks for
     * @return the log, to be closed
     */
    public static Wal open(WalConfig config, OpenOption... options) {
        Store store = openStore(config, options);
        return Opening.open(store, settings(config, store.traits(), options));
    }

    /**
     * Opens a log for reading, also while another process writes it. Never writes anything.
     *
     * @param config a JSON configuration
     * @param options what this opening asks for
     * @return a reader of what is durable, to be closed
     * @throws io.jwal.ConfigException if the configuration is wrong; tells all mistakes
     * @throws io.jwal.LogNotFoundException if there is no log; none is created
     * @throws io.jwal.CorruptLogException if its manifest is damaged
     * @throws io.jwal.UnsupportedFormatException if a newer JWal wrote it
     * @throws StoreFailedException if the store cannot be used
     */
    public static WalReader openReader(Path config, OpenOption... options) {
        return openReader(WalConfig.load(config), options);
    }

    /**
     * The same with a configuration made in Java.
     *
     * @param config the configuration
     * @param options what this opening asks for
     * @return a reader of what is durable, to be closed
     */
    public static WalReader openReader(WalConfig config, OpenOption... options) {
        Store store = openStore(config, options);
        return FollowingLog.open(store, settings(config, store.traits(), options));
    }

    private static Store openStore(WalConfig config, OpenOption... options) {
        try {
            return config.openStore(options);
        } catch (IOException e) {
            throw new StoreFailedException(
                    "the " + config.storeType() + " store could not be opened: " + e.getMessage(), e);
        }
    }

    private static EngineSettings settings(WalConfig config, StoreTraits traits, OpenOption... options) {
        long expected = 0;
        for (OpenOption option : options) {
            if (option instanceof OpenOption.ExpectLastIndex expect) {
                expected = Math.max(expected, expect.index());
            }
        }
        Duration delay = config.commitMaxDelay();
        CommitSettings commit = new CommitSettings(
                config.durability(),
                config.durabilityInterval(),
                delay == null ? traits.commitDelay() : delay,
                config.commitMaxBytes().bytes(),
                config.maxEntry().bytes(),
                config.maxBatch().bytes(),
                traits.syncsInFlight());
        ByteSize most = config.retention().maxBytes();
        EngineSettings.Retention retention = new EngineSettings.Retention(
                config.retention().maxAge(),
                most == null ? Long.MAX_VALUE : most.bytes(),
                config.retention().waitForConsumers());
        return new EngineSettings(
                config.segmentSize(traits).bytes(),
                config.segmentMaxAge(),
                traits.maxSyncs(),
                commit,
                config.cacheBytes().bytes(),
                retention,
                config.onCorruption() == WalConfig.OnCorruption.SALVAGE,
                expected,
                traits.pollInterval(),
                traits.remote(),
                config.clock(),
                config.metrics());
    }
}
