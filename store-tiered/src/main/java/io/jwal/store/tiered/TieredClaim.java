package io.jwal.store.tiered;

import io.jwal.store.StoreLockedException;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The right to write both stores, and the archiver that lives as long as it. */
final class TieredClaim implements WriterClaim {
    private final Tiers tiers;
    private final WriterClaim hot;
    private final ArchiveClaim archive;
    private final ArchiverThread archiver;
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed;

    private TieredClaim(Tiers tiers, WriterClaim hot, ArchiveClaim archive, ArchiverThread archiver) {
        this.tiers = tiers;
        this.hot = hot;
        this.archive = archive;
        this.archiver = archiver;
    }

    /** Claims both stores and decides whether they belong together; the archive may be out of reach. */
    static TieredClaim take(Tiers tiers, AppendGate gate) throws IOException {
        WriterClaim hot = tiers.hot().claimWriter();
        ArchiveClaim archive = new ArchiveClaim(tiers.archive());
        try {
            Admission admission = new Admission(tiers);
            HotId id = admission.decide(troubleOf(tiers, archive));
            Pace pace = new Pace(tiers.config().maxArchiveRate());
            Archiver archiver = new Archiver(tiers, archive, pace, admission, id);
            return new TieredClaim(tiers, hot, archive, new ArchiverThread(archiver, tiers, pace, gate));
        } catch (IOException | RuntimeException | Error e) {
            try (hot;
                    archive) {
                throw e;
            }
        }
    }

    /** Why the archive is out of reach, or null. */
    private static @Nullable IOException troubleOf(Tiers tiers, ArchiveClaim archive) throws StoreLockedException {
        try {
            archive.take();
            tiers.register().load();
            return null;
        } catch (StoreLockedException e) {
            throw e; // another log feeds it, or another machine this one
        } catch (IOException e) {
            tiers.context()
                    .logger()
                    .log(
                            System.Logger.Level.WARNING,
                            "the archive is out of reach; the log goes on without it, and it catches up by itself",
                            e);
            return e;
        }
    }

    ArchiverThread archiver() {
        return archiver;
    }

    @Override
    public void close() throws IOException {
        closing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try (hot;
                    archive) {
                archiver.stop(Objects.requireNonNull(tiers.config().closeWait()));
            }
        } finally {
            closing.unlock();
        }
    }
}
