package io.jwal.store.tiered;

import io.jwal.UnsupportedFormatException;
import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The archive's register, as far as it is known here. Whoever reads asks it where segments lie; the archiver, once
 * attached, changes it by compare-and-set and by nothing else.
 */
final class ArchiveRegister {
    private final Store archive;
    private final Pieces pieces;
    private volatile @Nullable Known known;
    private volatile boolean owned;
    private @Nullable Version version;

    /** What is known, and where in it a segment is found. */
    private record Known(ArchiveManifest manifest, Map<SegmentId, Copy> copies) {
        static Known of(ArchiveManifest manifest) {
            Map<SegmentId, Copy> copies = new HashMap<>();
            manifest.copies().forEach(copy -> copies.put(copy.segment().id(), copy));
            return new Known(manifest, copies);
        }
    }

    ArchiveRegister(Pieces pieces) {
        this.pieces = pieces;
        this.archive = pieces.archive();
    }

    /** What was seen last, without looking. */
    @Nullable
    ArchiveManifest seen() {
        Known now = known;
        return now == null ? null : now.manifest;
    }

    /** The segments of the log that the archive was last seen to have. */
    Set<SegmentId> segments() {
        Known now = known;
        return now == null ? Set.of() : now.copies.keySet();
    }

    /** Looks, in order to change it; empty if there is no archive yet. Only the thread that changes it may call this. */
    Optional<ArchiveManifest> load() throws IOException {
        Optional<Register> found = archive.readRegister(ArchiveManifest.REGISTER);
        if (found.isEmpty()) {
            version = null;
            return Optional.empty();
        }
        ArchiveManifest manifest = ArchiveManifest.decode(found.get());
        version = found.get().version();
        known = Known.of(manifest);
        return Optional.of(manifest);
    }

    /** Looks, in order to read. What this archiver owns it knows better. */
    private void look() throws IOException {
        Optional<Register> found;
        try {
            found = owned ? Optional.empty() : archive.readRegister(ArchiveManifest.REGISTER);
        } catch (IOException e) {
            throw pieces.trouble(e);
        }
        if (found.isPresent()) {
            ArchiveManifest manifest = ArchiveManifest.decode(found.get());
            if (!owned) {
                known = Known.of(manifest);
            }
        }
    }

    /**
     * Replaces what was loaded or written last.
     *
     * @throws VersionConflictException if somebody else has changed it meanwhile
     */
    void write(ArchiveManifest next) throws IOException {
        Register written = archive.writeRegister(ArchiveManifest.REGISTER, version, next.encode());
        version = written.version();
        known = Known.of(next);
    }

    /** From now on nobody else changes it without this one being fenced, so that nobody here has to look. */
    void own() {
        owned = true;
    }

    /** What this archiver wrote last is to be changed; if it cannot be told, look. */
    void disown() {
        owned = false;
    }

    boolean isOwned() {
        return owned;
    }

    /**
     * Makes sure that nobody has changed it since.
     *
     * @throws StoreFencedException if somebody has
     */
    void confirm() throws IOException {
        Optional<Register> found = archive.readRegister(ArchiveManifest.REGISTER);
        if (found.isEmpty() || !found.get().version().equals(version)) {
            disown();
            throw new VersionConflictException("the archive was changed by another archiver; look again");
        }
    }

    /** The copy of a segment, if it was seen. */
    @Nullable
    Copy seenCopy(SegmentId id) {
        Known now = known;
        return now == null ? null : now.copies.get(id);
    }

    /** The copy of a segment; looks if it was not seen as a whole, unless what is known here is all there is. */
    private @Nullable Copy copy(SegmentId id) throws IOException {
        Copy copy = seenCopy(id);
        if (copy == null || !copy.isWhole()) { // a part may have grown, though all of it is still there
            look();
            copy = seenCopy(id);
        }
        return copy;
    }

    /**
     * Opens a copy; once more if what it consisted of has been replaced meanwhile.
     *
     * @throws SegmentNotFoundException if the archive has none
     */
    SegmentReader open(SegmentId id) throws IOException {
        Copy copy = copy(id);
        if (copy == null) {
            throw new SegmentNotFoundException(id, "segment " + id + " is in neither the hot store nor the archive");
        }
        try {
            return ArchivedReader.open(pieces, copy);
        } catch (SegmentNotFoundException e) {
            look();
            Copy again = seenCopy(id);
            if (again == null || again.equals(copy)) {
                throw new SegmentNotFoundException(
                        id, "segment " + id + " is missing in the archive: " + e.getMessage());
            }
            return ArchivedReader.open(pieces, again);
        }
    }

    /**
     * Makes sure that the copy of a segment that was sealed can be opened here, with its key and its library.
     *
     * @throws SegmentNotFoundException if the archive has none, or only a part
     * @throws IOException if it has one that cannot be opened
     */
    void checkWhole(SegmentId id) throws IOException {
        try {
            openWhole(id).close();
        } catch (UnsupportedFormatException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Opens the copy of a segment that was sealed.
     *
     * @throws SegmentNotFoundException if the archive has none, or only a part
     */
    SegmentReader openWhole(SegmentId id) throws IOException {
        Copy copy = copy(id);
        if (copy == null || !copy.isWhole()) {
            throw new SegmentNotFoundException(id, "the archive has no copy of segment " + id);
        }
        return ArchivedReader.open(pieces, copy);
    }

    /** The pieces that are named now. */
    List<SegmentId> pieces() {
        ArchiveManifest now = seen();
        return now == null
                ? List.of()
                : now.copies().stream()
                        .flatMap(copy -> copy.pieces().stream())
                        .map(Copy.Piece::id)
                        .toList();
    }
}
