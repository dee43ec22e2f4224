package io.jwal.store.tiered;

import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a hot store and an archive belong together. Decided whenever the log is opened for writing, before anything of
 * the log is changed. An empty disk looks just like an unmounted one, so what is decided here is whether entries are lost.
 */
final class Admission {
    private static final String STATE = "state";
    private static final int TAKEOVER_SHIFT = 32;
    private static final int MAX_ATTEMPTS = 10;

    private final Store hot;
    private final Pieces pieces;
    private final ArchiveRegister archive;
    private final StoreContext context;
    private @Nullable Version idVersion;

    Admission(Tiers tiers) {
        this.hot = tiers.hot();
        this.pieces = tiers.pieces();
        this.archive = tiers.register();
        this.context = tiers.context();
    }

    /**
     * Decides. Both stores are claimed, or the archive is out of reach.
     *
     * @param trouble why the archive is out of reach, or null
     * @return the hot store's id
     * @throws StoreFencedException if another hot store feeds the archive now
     * @throws StoreException if they do not belong together, or it cannot be told
     */
    HotId decide(@Nullable IOException trouble) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return trouble == null ? decideTogether() : decideAlone(trouble);
            } catch (VersionConflictException e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw new StoreException("others claim this log or its archive again and again; stop them", e);
                }
            }
        }
    }

    /** What happens when the archive cannot be asked: a log that is there goes on. */
    private HotId decideAlone(IOException trouble) throws IOException {
        HotId id = readId();
        if (id != null && id.standing() == HotId.Standing.TAKING_OVER) {
            throw interrupted();
        }
        if (id == null && isEmpty()) {
            throw new StoreException(
                    "the hot store is empty, and the archive is out of reach (" + trouble.getMessage()
                            + "), so it cannot be told whether this is a new log or one whose disk is not mounted;"
                            + " open it when the archive is there",
                    trouble);
        }
        return id == null ? writeId(HotId.random(HotId.Standing.NEW)) : id;
    }

    private HotId decideTogether() throws IOException {
        HotId id = readId();
        Optional<ArchiveManifest> there = archive.load();
        if (id == null && isEmpty()) {
            return there.isEmpty() ? begin() : takeOver(there.get());
        }
        if (id == null) {
            if (there.isPresent()) {
                throw new StoreException("the hot store holds a log that was never archived, and the archive belongs to"
                        + " hot store " + there.get().hotId() + "; give this log an archive of its own, or use an"
                        + " empty hot store to take the archived one over");
            }
            return begin();
        }
        if (id.standing() == HotId.Standing.TAKING_OVER) {
            if (!context.takeover()) {
                throw interrupted();
            }
            return takeOver(there.orElseThrow(Admission::archiveGone));
        }
        if (there.isEmpty()) {
            if (id.standing() == HotId.Standing.ATTACHED) {
                throw archiveGone();
            }
            return attachOrGoOn(id);
        }
        checkNamed(id, there.get());
        warnOfKeys(there.get());
        return id.standing() == HotId.Standing.ATTACHED ? id : writeId(id.as(HotId.Standing.ATTACHED));
    }

    /** The log goes on without them; but what the archive has is then no good on a bad day. */
    private void warnOfKeys(ArchiveManifest there) {
        List<String> missing = there.keysInUse().keySet().stream()
                .filter(key -> !pieces.codec().keys().has(key))
                .toList();
        if (!missing.isEmpty()) {
            context.logger()
                    .log(
                            System.Logger.Level.WARNING,
                            "the archive has copies whose keys are not configured, so that nobody can read them: "
                                    + String.join(", ", missing) + "; add them to store.encryption.keys");
        }
    }

    /** A log without an archive gets one. The id is there first, so that a crash leaves nothing that is not ours. */
    private HotId begin() throws IOException {
        return attachOrGoOn(writeId(HotId.random(HotId.Standing.NEW)));
    }

    /** An archive that is full or forbidden is no reason to refuse a log: it is tried again in the background. */
    private HotId attachOrGoOn(HotId id) throws IOException {
        try {
            return attach(id);
        } catch (VersionConflictException e) {
            throw e;
        } catch (IOException e) {
            context.logger()
                    .log(
                            System.Logger.Level.WARNING,
                            "the archive cannot be written; the log goes on without it, and it catches up by itself",
                            e);
            return id;
        }
    }

    /** Names a hot store in an archive that names none yet. */
    HotId attach(HotId id) throws IOException {
        archive.write(ArchiveManifest.empty(id.id()));
        return writeId(id.as(HotId.Standing.ATTACHED));
    }

    static void checkNamed(HotId id, ArchiveManifest there) throws StoreFencedException {
        if (!there.hotId().equals(id.id())) {
            throw new StoreFencedException("another machine has taken the archive over (hot store " + there.hotId()
                    + ", this one is " + id.id() + "); what this hot store has is left as it is: export what the"
                    + " archive lacks with `wal cat` or `wal copy`, entries after " + there.lastIndex()
                    + " at least, then use an empty directory");
        }
    }

    static StoreException archiveGone() {
        return new StoreException("the archive is empty, but this log was archived before: its bucket, prefix or"
                + " directory is not the right one, or it was deleted; correct the configuration or restore the archive"
                + ", or copy the log to a new one with `wal copy`");
    }

    private static StoreException interrupted() {
        return new StoreException("a takeover of the archive was interrupted here before the log was complete; run `wal"
                + " archive takeover` again, or open with OpenOption.takeover()");
    }

    private boolean isEmpty() throws IOException {
        return hot.readRegister(LogManifest.REGISTER).isEmpty()
                && hot.readRegister(STATE).isEmpty()
                && hot.listSegments().isEmpty();
    }

    /**
     * Makes an empty hot store the one that feeds the archive. The archive first: from then on the old one is fenced.
     * Its log's epoch rises by 2^32, further than the lost machine can have come, so that no two segments share an id.
     */
    private HotId takeOver(ArchiveManifest there) throws IOException {
        if (!context.takeover()) {
            throw new StoreException("the hot store is empty, but the archive holds the log up to entry "
                    + there.lastIndex() + "; if its disk is only not mounted, mount it; if the machine or the disk is"
                    + " lost, run `wal archive takeover`, or open with OpenOption.takeover()");
        }
        pieces.checkReadable(there); // before anything is changed
        HotId id = HotId.random(HotId.Standing.TAKING_OVER);
        LogManifest image = there.image();
        LogManifest raised = new LogManifest(
                ((image.epoch() >>> TAKEOVER_SHIFT) + 1) << TAKEOVER_SHIFT,
                image.firstIndex(),
                image.durableIndex(),
                image.cutCounter(),
                image.cuts(),
                image.segments());
        ArchiveManifest taken = new ArchiveManifest(
                there.epoch() + 1, id.id(), there.firstIndex(), raised, there.state(), there.copies());
        archive.write(taken);
        writeId(id);
        if (there.state() != null) {
            replace(STATE, there.state().duplicate());
        }
        replace(LogManifest.REGISTER, logOf(taken).encode());
        context.logger()
                .log(
                        System.Logger.Level.WARNING,
                        "the archive was taken over: the log goes on after entry " + there.lastIndex() + "; hot store "
                                + there.hotId() + " is fenced"); // a pattern would write 20,001
        return writeId(id.as(HotId.Standing.ATTACHED));
    }

    /** The log that an archive holds, without what it keeps though the log dropped it. */
    static LogManifest logOf(ArchiveManifest archived) {
        LogManifest image = archived.image();
        long first = archived.firstIndex();
        return new LogManifest(
                image.epoch(),
                first,
                Math.max(first - 1, image.durableIndex()),
                image.cutCounter(),
                image.cuts(),
                image.segments().stream()
                        .filter(segment -> !segment.is(LogManifest.State.SEALED) || segment.lastIndex() >= first)
                        .toList());
    }

    private void replace(String register, ByteBuffer content) throws IOException {
        Version before = hot.readRegister(register).map(Register::version).orElse(null);
        hot.writeRegister(register, before, content);
    }

    private @Nullable HotId readId() throws IOException {
        Optional<Register> found = hot.readRegister(HotId.REGISTER);
        idVersion = found.map(Register::version).orElse(null);
        return found.isEmpty() ? null : HotId.decode(found.get());
    }

    private HotId writeId(HotId id) throws IOException {
        idVersion = hot.writeRegister(HotId.REGISTER, idVersion, id.encode()).version();
        return id;
    }
}
