package io.jwal.core.log;

import io.jwal.CorruptLogException;
import io.jwal.FencedException;
import io.jwal.LogLockedException;
import io.jwal.WalException;
import io.jwal.core.commit.GroupCommit;
import io.jwal.core.commit.Health;
import io.jwal.core.commit.Tail;
import io.jwal.core.manifest.LogState;
import io.jwal.core.manifest.ManifestCodec;
import io.jwal.core.manifest.OwnedRegister;
import io.jwal.core.manifest.OwnedRegister.TakenOver;
import io.jwal.core.manifest.StateCodec;
import io.jwal.core.read.SegmentCache;
import io.jwal.core.recovery.Findings;
import io.jwal.core.recovery.RecoveryScan;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.StoreFencedException;
import io.jwal.store.StoreLockedException;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.util.Optional;

/**
 * How a writer comes to own a log: claim the store, write the manifest back with the next epoch, then the state, fence
 * what was open, look what is in it, copy it, name the copies. Each step is durable before the next.
 */
public final class Opening {
    private static final System.Logger LOG = System.getLogger("io.jwal");

    private final Store store;
    private final EngineSettings settings;
    private long epoch;

    private Opening(Store store, EngineSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * Opens a log for writing, and creates it if there is none.
     *
     * @param store where it lives; closed with the log, and when opening fails
     */
    public static WritingLog open(Store store, EngineSettings settings) {
        Opening opening = new Opening(store, settings);
        try {
            return opening.claim();
        } catch (RuntimeException | Error e) {
            try (store) {
                throw e;
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
                throw e;
            }
        }
    }

    private WritingLog claim() {
        WriterClaim claim;
        try {
            claim = store.claimWriter();
        } catch (StoreLockedException e) {
            throw new LogLockedException("the log is open already: " + e.getMessage(), e);
        } catch (IOException e) {
            throw failed(e);
        }
        try {
            return takeOver(claim);
        } catch (IOException | RuntimeException | Error e) {
            try (claim) {
                throw e;
            } catch (IOException failure) {
                throw failed(failure);
            }
        }
    }

    private WalException failed(IOException e) {
        if (e instanceof StoreFencedException) {
            return new FencedException(epoch, 0, e);
        }
        return StoreTrouble.of(
                "the log could not be opened", "no entry was harmed, open it again when the cause is mended", e);
    }

    private WritingLog takeOver(WriterClaim claim) throws IOException {
        Optional<Register> found = manifest();
        long before = found.map(
                        register -> LogManifest.decode(register.content()).epoch())
                .orElse(0L);
        TakenOver<LogManifest> taken =
                OwnedRegister.takeOver(store, ManifestCodec.MANIFEST, found, LogManifest.empty(), before + 1, before);
        OwnedRegister<LogManifest> manifest = taken.register();
        epoch = manifest.current().epoch();
        Optional<Register> foundState = store.readRegister(StateCodec.STATE.registerName());
        if (foundState.isEmpty() && !isFresh(taken.replaced())) {
            if (!settings.salvage()) {
                throw StateCodec.STATE.gone(null);
            }
            LOG.log(System.Logger.Level.WARNING, "consumers' positions and properties are gone; salvage begins anew");
        }
        OwnedRegister<LogState> state = OwnedRegister.takeOver(
                        store, StateCodec.STATE, foundState, LogState.empty(), epoch, epoch - 1)
                .register();
        for (LogManifest.Segment open : taken.replaced().segments(LogManifest.State.OPEN)) {
            store.fenceSegment(open.id());
        }
        return recover(claim, manifest, state);
    }

    /** Whether no writer has gone further than its manifest; whoever goes on has a state before there is anything else. */
    private static boolean isFresh(LogManifest manifest) {
        return ManifestCodec.MANIFEST
                .withEpoch(manifest, LogManifest.empty().epoch())
                .equals(LogManifest.empty());
    }

    /** The manifest, or empty if there is no log yet. */
    private Optional<Register> manifest() throws IOException {
        Optional<Register> found = store.readRegister(LogManifest.REGISTER);
        if (found.isPresent()) {
            return found;
        }
        int segments = store.listSegments().size();
        if (segments == 0 && store.readRegister(StateCodec.STATE.registerName()).isEmpty()) {
            return found;
        }
        // Once more: where nothing keeps a second writer out, one may have begun the log between.
        found = store.readRegister(LogManifest.REGISTER);
        if (found.isEmpty()) {
            throw new CorruptLogException(
                    "there is no manifest, but there are " + segments
                            + " segments or other traces of a log: its manifest was lost; restore the register \""
                            + LogManifest.REGISTER + "\" from a backup, nothing was changed",
                    null);
        }
        return found;
    }

    private WritingLog recover(WriterClaim claim, OwnedRegister<LogManifest> manifest, OwnedRegister<LogState> state)
            throws IOException {
        Findings findings = RecoveryScan.scan(store, manifest.current()).expecting(settings.expectLastIndex());
        try {
            checkDamage(manifest, findings);
        } catch (IOException | RuntimeException e) {
            findings.release();
            throw e;
        }
        if (findings.tornBytes() > 0 && findings.damage() == null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} bytes behind entry {1} are a torn write that nobody was promised; they are dropped",
                    findings.tornBytes(),
                    findings.lastIndex());
        }
        return assemble(claim, manifest, state, findings);
    }

    private void checkDamage(OwnedRegister<LogManifest> manifest, Findings findings) throws IOException {
        CorruptLogException damage = findings.damage();
        if (damage == null) {
            return;
        }
        long newer = manifest.epochInStore();
        if (newer > epoch) {
            throw new FencedException(epoch, newer, damage);
        }
        if (damage.getCause() instanceof IOException trouble && StoreTrouble.mayGoBy(trouble)) {
            throw trouble; // what could not be read may be sound, and salvage would give it up
        }
        if (!settings.salvage()) {
            throw damage;
        }
        LOG.log(System.Logger.Level.WARNING, "salvage keeps entries up to {0}: {1}", findings.lastIndex(), damage);
    }

    private WritingLog assemble(
            WriterClaim claim, OwnedRegister<LogManifest> manifest, OwnedRegister<LogState> state, Findings findings)
            throws IOException {
        Health health = new Health(epoch, manifest::epochInStore);
        Tail tail = new Tail(Math.min(findings.durableIndex(), findings.lastIndex()));
        SegmentCache cache = new SegmentCache(store, settings.cacheBytes());
        Maintenance maintenance = new Maintenance();
        Ownership ownership = new Ownership(store, claim, manifest, state, cache, maintenance);
        SegmentSet segments =
                new SegmentSet(store, manifest, cache, maintenance, settings.clock(), findings.survivors());
        SegmentChain chain = new SegmentChain(settings, segments, health, tail, maintenance, findings);
        try {
            chain.recover();
            state.update(now -> now.clamped(findings.lastIndex() + 1));
            chain.collect();
        } catch (IOException | RuntimeException | Error e) {
            chain.release();
            cache.close();
            maintenance.close();
            throw e;
        }
        GroupCommit commits = new GroupCommit(settings.commit(), chain, tail, health);
        WritingLog log = new WritingLog(settings, ownership, chain, commits, tail, health);
        log.startMaintenance();
        return log;
    }
}
