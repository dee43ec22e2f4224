package io.jwal.core.inspect;

import io.jwal.CorruptLogException;
import io.jwal.LogNotFoundException;
import io.jwal.UnsupportedFormatException;
import io.jwal.core.Verification;
import io.jwal.core.manifest.StateCodec;
import io.jwal.core.recovery.Findings;
import io.jwal.core.recovery.RecoveryScan;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies a log as one version of its manifest describes it. Nothing is locked: if something is wrong and the manifest
 * has changed meanwhile, the log is looked at anew, for it may have been cut or sealed under this reader. The last time
 * what was cut away under it is left out.
 */
public final class LogVerification {
    private static final int MAX_ATTEMPTS = 4;

    private final Store store;
    private final Verification.Progress progress;
    private final boolean lenient;
    private final FindingList findings = new FindingList();
    private final EntryDigest digest = new EntryDigest();
    private Optional<Register> manifestRegister = Optional.empty();
    private boolean hasState;
    private boolean cutMeanwhile;

    private LogVerification(Store store, Verification.Progress progress, boolean lenient) {
        this.store = store;
        this.progress = progress;
        this.lenient = lenient;
    }

    /**
     * Reads every byte of a log.
     *
     * @throws LogNotFoundException if there is no log
     * @throws UnsupportedFormatException if a newer version wrote the manifest
     * @throws IOException if the registers cannot be read
     */
    public static Verification run(Store store, Verification.Progress progress) throws IOException {
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == MAX_ATTEMPTS;
            LogVerification verification = new LogVerification(store, progress, last);
            Verification result = verification.look();
            if (result.isSound() || last || !verification.isOutdated()) {
                return result;
            }
        }
    }

    private Verification look() throws IOException {
        long stateEpoch = stateEpoch();
        try {
            manifestRegister = store.readRegister(LogManifest.REGISTER);
        } catch (StoreCorruptException e) {
            findings.add(String.valueOf(e.getMessage()));
            return nothing();
        }
        return manifestRegister.isEmpty() ? withoutManifest() : withManifest(manifestRegister.get(), stateEpoch);
    }

    /** Whether the manifest has changed since it was read. */
    private boolean isOutdated() throws IOException {
        try {
            return !store.readRegister(LogManifest.REGISTER)
                    .map(Register::version)
                    .equals(manifestRegister.map(Register::version));
        } catch (StoreCorruptException e) {
            return manifestRegister.isPresent();
        }
    }

    /** Reads the state before the manifest: a writer writes them the other way round. */
    private long stateEpoch() throws IOException {
        hasState = true;
        try {
            Optional<Register> register = store.readRegister(StateCodec.STATE.registerName());
            hasState = register.isPresent();
            return register.map(
                            found -> StateCodec.STATE.decode(found.content()).epoch())
                    .orElse(0L);
        } catch (StoreCorruptException e) {
            findings.add(String.valueOf(e.getMessage()));
        } catch (CorruptLogException e) {
            findings.add(e);
        }
        return 0;
    }

    private Verification withoutManifest() throws IOException {
        int segments = store.listSegments().size();
        if (segments == 0 && !hasState) {
            throw new LogNotFoundException(
                    "there is no log where the configuration says; correct the configuration", null);
        }
        findings.add(
                "there is no manifest, but there are " + segments + " segments or other traces of a log; restore the"
                        + " register \"" + LogManifest.REGISTER + "\" from a backup");
        return nothing();
    }

    private Verification nothing() {
        return new Verification(1, 0, 0, null, 0, 0, false, 0, List.of(), findings.kept(), findings.count());
    }

    private Verification withManifest(Register register, long stateEpoch) throws IOException {
        LogManifest manifest;
        try {
            manifest = LogManifest.decode(register.content());
        } catch (CorruptLogException e) {
            findings.add(e);
            return nothing();
        }
        if (stateEpoch > manifest.epoch()) {
            findings.add("the state of consumers and properties was written by epoch " + stateEpoch
                    + ", but the manifest is of epoch " + manifest.epoch() + ": an old manifest was put back");
        }
        List<LogManifest.Segment> sealed = manifest.segments(LogManifest.State.SEALED);
        checkBegin(manifest, sealed);
        List<SegmentId> unnamed = unnamed(store, manifest); // first: a store that lists knows then what should be there
        Findings open = recover(manifest, sealed);
        try {
            return verify(manifest, sealed, open, unnamed);
        } finally {
            open.release();
        }
    }

    /** What recovery finds; nothing if an open segment is of a newer version, or its version number is damaged. */
    private Findings recover(LogManifest manifest, List<LogManifest.Segment> sealed) {
        try {
            return RecoveryScan.scan(store, manifest);
        } catch (UnsupportedFormatException e) {
            findings.add(String.valueOf(e.getMessage()));
            digest.miss();
            long last = sealed.isEmpty()
                    ? manifest.firstIndex() - 1
                    : sealed.get(sealed.size() - 1).lastIndex();
            return new Findings(manifest, List.of(), last, 0, 0, 0, null, null);
        }
    }

    private void checkBegin(LogManifest manifest, List<LogManifest.Segment> sealed) {
        if (sealed.isEmpty()) {
            return;
        }
        LogManifest.Segment begin = sealed.get(0);
        if (manifest.firstIndex() < begin.firstIndex() || manifest.firstIndex() > begin.lastIndex()) {
            findings.add(
                    begin.id(),
                    "it is the first segment and holds " + begin.firstIndex() + " to " + begin.lastIndex()
                            + ", but the log is to begin at " + manifest.firstIndex());
            digest.miss();
        }
    }

    private Verification verify(
            LogManifest manifest, List<LogManifest.Segment> sealed, Findings open, List<SegmentId> unnamed)
            throws IOException {
        long all = bytes(sealed, open);
        long done = 0;
        for (LogManifest.Segment segment : sealed) {
            progress.at(done, all);
            FindingList inSegment = new FindingList();
            new SealedCheck(store, segment, manifest.firstIndex(), inSegment, digest).run();
            take(inSegment);
            done += segment.bytes();
        }
        progress.at(done, all);
        FindingList inOpen = new FindingList();
        new OpenCheck(manifest.firstIndex(), inOpen, digest).run(open);
        take(inOpen);
        progress.at(all, all);
        return new Verification(
                manifest.firstIndex(),
                open.lastIndex(),
                digest.entries(),
                digest.hex(),
                all,
                open.tornBytes(),
                cutMeanwhile,
                manifest.segments(LogManifest.State.QUARANTINED).size(),
                unnamed,
                findings.kept(),
                findings.count());
    }

    /**
     * The segments of a store that a manifest does not name.
     *
     * @throws IOException if they cannot be listed
     */
    public static List<SegmentId> unnamed(Store store, LogManifest manifest) throws IOException {
        Set<SegmentId> named = new HashSet<>();
        manifest.segments().forEach(segment -> named.add(segment.id()));
        return store.listSegments().stream().filter(id -> !named.contains(id)).toList();
    }

    /** Takes what was found in segments, but not in one that the log has dropped since. */
    private void take(FindingList found) throws IOException {
        if (found.count() > 0 && lenient && wereDropped(found)) {
            cutMeanwhile = true;
            digest.miss();
        } else {
            findings.add(found);
        }
    }

    private boolean wereDropped(FindingList found) throws IOException {
        Set<SegmentId> named = new HashSet<>();
        store.readRegister(LogManifest.REGISTER)
                .ifPresent(register ->
                        LogManifest.decode(register.content()).segments().forEach(segment -> named.add(segment.id())));
        return found.kept().stream()
                .allMatch(finding -> finding.segment()
                        .filter(segment -> !named.contains(segment))
                        .isPresent());
    }

    private static long bytes(List<LogManifest.Segment> sealed, Findings open) {
        long bytes = sealed.stream().mapToLong(LogManifest.Segment::bytes).sum();
        for (ReadableSegment segment : open.survivors()) {
            bytes += segment.index().end();
        }
        return bytes;
    }
}
