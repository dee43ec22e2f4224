package io.jwal.core.log;

import io.jwal.StoreFailedException;
import io.jwal.core.manifest.LogState;
import io.jwal.core.manifest.OwnedRegister;
import io.jwal.core.read.SegmentCache;
import io.jwal.store.LogManifest;
import io.jwal.store.Store;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the one writer of a log holds: the claim, the registers, readers and the thread for the background.
 *
 * @param store where the log lives
 * @param claim the right to write
 * @param manifest the manifest, taken over
 * @param state consumers' positions and properties, taken over
 * @param cache readers of sealed segments
 * @param maintenance the thread for the background
 */
record Ownership(
        Store store,
        WriterClaim claim,
        OwnedRegister<LogManifest> manifest,
        OwnedRegister<LogState> state,
        SegmentCache cache,
        Maintenance maintenance) {

    /**
     * Lets go of everything, last of the claim, when no thread of this writer is inside the store any more.
     *
     * @param failure what went wrong before, to which later failures are added; or null
     */
    void close(@Nullable Throwable failure) {
        maintenance.close();
        manifest.close();
        state.close();
        IOException own = null;
        try (store;
                claim) {
            cache.close();
        } catch (IOException e) {
            own = e;
        }
        if (own != null && failure != null) {
            failure.addSuppressed(own);
        } else if (own != null) {
            throw new StoreFailedException(
                    "the log is closed, but the store did not let go of everything: " + own.getMessage(), own);
        }
    }
}
