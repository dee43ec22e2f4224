package io.jwal.store.tiered;

import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The claim on the archive, which is tried for again while the archive is out of reach. */
final class ArchiveClaim implements AutoCloseable {
    private final Store archive;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable WriterClaim claim;
    private boolean closed;

    ArchiveClaim(Store archive) {
        this.archive = archive;
    }

    /**
     * Claims the archive, unless that has been done.
     *
     * @throws io.jwal.store.StoreLockedException if another log has it
     * @throws IOException if it is out of reach
     */
    void take() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new StoreException("the claim on the archive has been given back");
            }
            if (claim == null) {
                claim = archive.claimWriter();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            if (claim != null) {
                claim.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
