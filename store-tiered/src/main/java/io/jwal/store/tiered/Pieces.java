package io.jwal.store.tiered;

import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreUnreadableException;
import io.jwal.store.tiered.blocks.Codec;
import io.jwal.store.tiered.blocks.Encoding;
import io.jwal.store.tiered.blocks.Extent;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The segments of an archive as what they hold. Whoever writes or reads the bytes of one does it through here; nobody else
 * knows how they lie there.
 *
 * @param archive the store of the archive
 * @param codec how segments are written, and with which keys they are read
 */
record Pieces(Store archive, Codec codec) {
    /** Opens a piece of a copy, to be closed. */
    SegmentReader open(Copy copy, int piece) throws IOException {
        return open(copy.extent(piece), copy.pieces().get(piece).encoding());
    }

    /**
     * Makes sure that what is named can be read here, by opening the oldest and the newest piece of each key, and of those
     * in blocks that need none.
     *
     * @throws StoreUnreadableException if something is missing here: a key, which may also be another one, or a library
     */
    void checkReadable(ArchiveManifest named) throws StoreUnreadableException {
        Map<String, Deque<Place>> byKey = new LinkedHashMap<>();
        for (Copy copy : named.copies()) {
            for (int i = 0; i < copy.pieces().size(); i++) {
                Encoding encoding = copy.pieces().get(i).encoding();
                if (encoding.inBlocks()) {
                    byKey.computeIfAbsent(encoding.keyId(), unused -> new ArrayDeque<>())
                            .add(new Place(copy, i));
                }
            }
        }
        for (Deque<Place> places : byKey.values()) {
            checkFirst(places.iterator());
            checkFirst(places.descendingIterator());
        }
    }

    /** A piece of a copy. */
    private record Place(Copy copy, int piece) {}

    /** Opens the first one that can be opened. */
    private void checkFirst(Iterator<Place> places) throws StoreUnreadableException {
        boolean proven = false;
        while (!proven && places.hasNext()) {
            proven = opens(places.next());
        }
    }

    private boolean opens(Place place) throws StoreUnreadableException {
        try {
            open(place.copy, place.piece).close();
            return true;
        } catch (StoreUnreadableException e) {
            throw e;
        } catch (IOException e) {
            return false; // damaged or missing, which hurts no other; another piece has to prove the key
        }
    }

    /** Whether a failed read tells that something is missing or damaged; what any other tells of may go by. */
    static boolean isLost(IOException failure) {
        return failure instanceof StoreCorruptException
                || failure instanceof SegmentNotFoundException
                || failure instanceof EOFException;
    }

    /** What is thrown for a failed read of a copy: across a network it may be sound, and is not to be given up. */
    IOException trouble(IOException failure) {
        boolean mayGoBy = !isLost(failure) && !(failure instanceof StoreUnreadableException);
        return mayGoBy && archive.traits().remote()
                ? new StoreUnreadableException("the archive cannot be read now: " + failure.getMessage(), failure)
                : failure;
    }

    /**
     * Opens a segment of the archive, to be closed.
     *
     * @throws io.jwal.store.SegmentNotFoundException if it is missing
     * @throws StoreUnreadableException if its key or its library is not there, or the key is another one
     */
    SegmentReader open(Extent extent, Encoding encoding) throws IOException {
        return codec.open(archive.openSegment(extent.piece()), extent, encoding);
    }
}
