package io.jwal.store.s3.write;

import io.jwal.store.SegmentId;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.s3.format.BlockChecksums;
import io.jwal.store.s3.format.Nonce;
import io.jwal.store.s3.format.SealedEnd;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Completed;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.IoCall;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectKind;
import io.jwal.store.s3.objects.RepeatedUpload;
import io.jwal.store.s3.objects.Upload;
import io.jwal.store.s3.objects.UploadGoneException;
import io.jwal.store.s3.objects.UploadedPiece;
import io.jwal.store.s3.read.StoredBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes the object of a sealed segment out of what the parts hold, index and trailer. A small one is one write from
 * memory. Of a larger one the pieces go up while the segment is still being written, so that neither memory nor the time
 * that sealing takes grows with it; a part that is large enough is copied by the storage itself. Belongs to the writer's
 * thread.
 */
final class SealedUpload {
    /** How much is gathered for a piece; at least the storage's smallest piece. */
    private static final int PIECE_BYTES = 8 << 20;

    /** How many pieces may be under way while the next one is gathered. */
    private static final int MOST_UNDER_WAY = 2;

    private final Medium medium;
    private final SegmentId id;
    private final String key;
    private final Nonce nonce = Nonce.random();
    private final BlockChecksums.Builder checksums = new BlockChecksums.Builder();
    private final List<StoredBytes> parts = new ArrayList<>();
    private final List<ByteBuffer> gathered = new ArrayList<>();
    private final List<CompletableFuture<UploadedPiece>> pieces = new ArrayList<>();
    private final Deque<CompletableFuture<UploadedPiece>> underWay = new ArrayDeque<>();
    private long gatheredBytes;
    private long length;
    private @Nullable Upload upload;
    private boolean complete;

    SealedUpload(Medium medium, SegmentId id) {
        this.medium = medium;
        this.id = id;
        this.key = medium.keys().sealed(id);
    }

    /**
     * Takes the next part over.
     *
     * @return up to where the segment's bytes need not be kept in memory any more
     */
    long add(PartUploads.SentPart part) throws IOException {
        part.pieces().forEach(checksums::update);
        length += part.bytes().length();
        parts.add(part.bytes());
        return RepeatedUpload.run(
                medium.storage().describe(key),
                () -> {
                    take(part.bytes(), part::pieces);
                    return length - gatheredBytes;
                },
                () -> {
                    takeAgain();
                    return length - gatheredBytes;
                });
    }

    /** Makes a piece of a part, or some of one. */
    private void take(StoredBytes part, IoCall<List<ByteBuffer>> bytes) throws IOException {
        int smallest = medium.storage().smallestPiece();
        if (part.length() >= smallest && (gatheredBytes == 0 || gatheredBytes >= smallest)) {
            sendGathered();
            copy(part);
        } else {
            gather(bytes.run());
            if (gatheredBytes >= Math.max(PIECE_BYTES, smallest)) {
                sendGathered();
            }
        }
    }

    private void gather(List<ByteBuffer> bytes) {
        for (ByteBuffer piece : bytes) {
            gathered.add(piece);
            gatheredBytes += piece.remaining();
        }
    }

    private void sendGathered() throws IOException {
        if (gatheredBytes > 0) {
            ObjectBody body = new ObjectBody(gathered);
            gathered.clear();
            gatheredBytes = 0;
            int number = pieces.size() + 1;
            Upload begun = begun();
            send(() -> medium.storage().uploadPiece(begun, number, body));
        }
    }

    private void copy(StoredBytes part) throws IOException {
        int number = pieces.size() + 1;
        Upload begun = begun();
        ByteRange range = new ByteRange(part.offset(), Math.toIntExact(part.length()));
        send(() -> medium.storage().copyPiece(begun, number, part.key(), part.tag(), range));
    }

    private Upload begun() throws IOException {
        Upload begun = upload;
        if (begun == null) {
            begun = medium.requests().call(() -> medium.storage().beginUpload(key, ObjectKind.SEALED));
            upload = begun;
        }
        return begun;
    }

    private void send(IoCall<UploadedPiece> call) throws IOException {
        while (underWay.size() >= MOST_UNDER_WAY) {
            medium.requests().await(underWay.removeFirst());
        }
        CompletableFuture<UploadedPiece> piece = medium.requests().start(call);
        pieces.add(piece);
        underWay.add(piece);
    }

    /**
     * Makes the object. Durable and verified when it returns.
     *
     * @param rest what was appended behind the last part: index and trailer
     */
    void seal(List<ByteBuffer> rest) throws IOException {
        SealedEnd end = new SealedEnd(id, length + sum(rest), length, nonce);
        rest.forEach(checksums::update);
        ByteBuffer last = end.encode(checksums.end());
        List<ByteBuffer> tail = new ArrayList<>(rest);
        tail.add(last);
        gather(tail);
        boolean created = upload == null ? put() : complete(tail);
        verify(end, last, created);
        complete = true;
    }

    private static long sum(List<ByteBuffer> buffers) {
        return buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    private boolean put() throws IOException {
        ObjectBody body = new ObjectBody(gathered);
        return medium.requests()
                .call(() -> medium.storage().putIfAbsent(key, body, ObjectKind.SEALED))
                .isPresent();
    }

    /** Whether this call has surely made the object; if not, its end says whose it is. */
    private boolean complete(List<ByteBuffer> tail) throws IOException {
        return RepeatedUpload.run(medium.storage().describe(key), this::completeOnce, () -> {
            takeAgain();
            gather(tail);
            return completeOnce();
        });
    }

    private boolean completeOnce() throws IOException {
        sendGathered();
        List<UploadedPiece> all = new ArrayList<>();
        for (CompletableFuture<UploadedPiece> piece : pieces) {
            all.add(medium.requests().await(piece));
        }
        Upload begun = begun();
        Completed completed = medium.requests().call(() -> medium.storage().completeIfAbsent(begun, all));
        if (completed instanceof Completed.Gone && !isThere()) {
            throw new UploadGoneException(
                    "the upload of " + medium.storage().describe(key) + " could not be completed; begin it anew");
        }
        return completed instanceof Completed.Made;
    }

    private boolean isThere() throws IOException {
        return medium.requests().call(() -> medium.storage().get(key, ByteRange.last(1))) instanceof Fetched.Found;
    }

    /** In a new upload. The parts are still there, and nothing else holds all the bytes any more. */
    private void takeAgain() throws IOException {
        medium.requests().await(back());
        giveUp();
        upload = null;
        pieces.clear();
        underWay.clear();
        gathered.clear();
        gatheredBytes = 0;
        for (StoredBytes part : parts) {
            take(part, () -> medium.requests().call(() -> part.fetchAll(medium.storage())));
        }
    }

    /** Reads the end back, which names this writer, so that it also tells whether a lost answer was a yes. */
    private void verify(SealedEnd end, ByteBuffer last, boolean created) throws IOException {
        Fetched fetched = medium.requests()
                .call(() -> Fetched.verified(
                        () -> medium.storage().get(key, ByteRange.last(last.remaining())),
                        taken -> SealedEnd.decode(taken.bytes(), taken.size()) != null));
        String where = medium.storage().describe(key);
        if (!(fetched instanceof Fetched.Found found)) {
            throw new StoreException(where + " is not there after it was written; whether segment " + id
                    + " is sealed is unknown: open the log again to see");
        }
        if (found.size() == end.length() + last.remaining() && found.bytes().equals(last)) {
            return;
        }
        SealedEnd.Decoded there = SealedEnd.decode(found.bytes(), found.size());
        if (!created && (there == null || !there.end().nonce().equals(nonce))) {
            throw new StoreFencedException(where + " was written by another writer; this writer was replaced");
        }
        throw new StoreCorruptException(where + " is not what was written when segment " + id
                + " was sealed; its parts are still there: open the log again");
    }

    /** Completes when no piece is under way any more, stored or not. */
    CompletableFuture<?> back() {
        return CompletableFuture.allOf(pieces.toArray(CompletableFuture<?>[]::new))
                .handle((all, failure) -> pieces);
    }

    /** Frees what an unfinished upload holds. */
    void giveUp() throws IOException {
        Upload begun = upload;
        if (begun != null && !complete) {
            medium.requests().run(() -> medium.storage().abort(begun));
        }
    }
}
