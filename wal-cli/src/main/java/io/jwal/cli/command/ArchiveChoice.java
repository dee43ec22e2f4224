package io.jwal.cli.command;

import io.jwal.cli.shell.CommandFailure;
import io.jwal.cli.shell.ExitCode;
import io.jwal.core.WalConfig;
import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.tiered.ArchiveKey;
import io.jwal.store.tiered.ArchiveStoreConfig;
import io.jwal.store.tiered.TieredStoreConfig;
import java.io.IOException;
import java.util.List;

/** The log that is meant, whose store has to be a tiered one, and the two stores that it consists of. */
final class ArchiveChoice {
    private final LogChoice log;

    ArchiveChoice(LogChoice log) {
        this.log = log;
    }

    /** The configuration of the log. */
    WalConfig config() {
        return log.config();
    }

    private TieredStoreConfig tiered(WalConfig config) {
        if (config.store() instanceof StoreSpec spec && spec.config() instanceof TieredStoreConfig tiered) {
            return tiered;
        }
        throw new CommandFailure(
                ExitCode.MISUSE,
                "the log " + log.description() + " has a store of type " + config.storeType()
                        + ", so it has no archive; name the configuration of a tiered one with --config");
    }

    /** The archive, as the log that it holds. */
    WalConfig archived() {
        WalConfig config = config();
        TieredStoreConfig tiered = tiered(config);
        StoreSpec archive = new StoreSpec("archive", new ArchiveStoreConfig(tiered.archive(), tiered.keys()));
        return config.toBuilder().store(archive).build();
    }

    /** The keys of copies in the archive. */
    List<ArchiveKey> keys() {
        return tiered(config()).keys();
    }

    /** The hot store, to be closed. */
    Store openHot() throws IOException {
        WalConfig config = config();
        return config.toBuilder().store(tiered(config).hot()).build().openStore();
    }

    /** The store of the archive, to be closed. */
    Store openArchive() throws IOException {
        WalConfig config = config();
        return config.toBuilder().store(tiered(config).archive()).build().openStore();
    }
}
