package io.jwal.store.tiered;

import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreKeyException;
import io.jwal.store.tiered.blocks.Coding;
import io.jwal.store.tiered.blocks.Encoding;
import io.jwal.store.tiered.blocks.Extent;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The segments of an archive as what they hold. Whoever writes or reads the bytes of one does it through here; nobody else
 * knows how they lie there.
 *
 * @param archive the store of the archive
 * @param coding how segments are written, and with which keys they are read
 */
record Pieces(Store archive, Coding coding) {
    /** Opens a piece of a copy, to be closed. */
    SegmentReader open(Copy copy, int piece) throws IOException {
        return open(copy.extent(piece), copy.pieces().get(piece).encoding());
    }

    /**
     * Makes sure that what is named can be read, by opening a piece with each key.
     *
     * @throws StoreKeyException if a key is not there, or is another one
     */
    void checkKeys(ArchiveManifest named) throws StoreKeyException {
        Set<String> proven = new HashSet<>();
        for (Copy copy : named.copies()) {
            for (int i = 0; i < copy.pieces().size(); i++) {
                Encoding encoding = copy.pieces().get(i).encoding();
                if (!encoding.isClear() && !proven.contains(encoding.keyId()) && opens(copy, i)) {
                    proven.add(encoding.keyId());
                }
            }
        }
    }

    private boolean opens(Copy copy, int piece) throws StoreKeyException {
        try {
            open(copy, piece).close();
            return true;
        } catch (StoreKeyException e) {
            throw e;
        } catch (IOException e) {
            return false; // damaged or missing, which hurts no other; another piece has to prove the key
        }
    }

    /**
     * Opens a segment of the archive, to be closed.
     *
     * @throws io.jwal.store.SegmentNotFoundException if it is missing
     * @throws io.jwal.store.StoreKeyException if the key that it names is not there, or is another one
     */
    SegmentReader open(Extent extent, Encoding encoding) throws IOException {
        return coding.open(archive.openSegment(extent.piece()), extent, encoding);
    }
}
