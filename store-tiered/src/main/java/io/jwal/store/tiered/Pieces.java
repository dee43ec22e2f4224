package io.jwal.store.tiered;

import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreException;
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
     * in blocks that need none. A piece that is lost hurts no other, so the next one is opened for it.
     *
     * @throws StoreUnreadableException if something is missing here: a key, which may also be another one, or a library
     * @throws StoreException if every piece of a key is lost
     * @throws IOException if the archive cannot be read now
     */
    void checkReadable(ArchiveManifest named) throws IOException {
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
        for (Map.Entry<String, Deque<Place>> places : byKey.entrySet()) {
            boolean proven = opensOne(places.getValue().iterator());
            if (proven) {
                opensOne(places.getValue().descendingIterator());
            } else if (!places.getKey().isEmpty()) {
                throw new StoreException(
                        "all that the archive has under the key \"" + places.getKey() + "\" is missing or"
                                + " damaged, so that nothing proves the key; restore one of these segments from a backup, or copy"
                                + " what can be read of the archive to a new log with `wal copy`");
            }
        }
    }

    /** A piece of a copy. */
    private record Place(Copy copy, int piece) {}

    /** Opens the first one that is not lost; whether there is one. */
    private boolean opensOne(Iterator<Place> places) throws IOException {
        while (places.hasNext()) {
            Place place = places.next();
            try {
                open(place.copy, place.piece).close();
                return true;
            } catch (IOException e) {
                if (!isLost(e)) {
                    throw trouble(e);
                }
            }
        }
        return false;
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
