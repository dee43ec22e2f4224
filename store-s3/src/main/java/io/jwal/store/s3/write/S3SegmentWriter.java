package io.jwal.store.s3.write;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import io.jwal.store.s3.objects.IoAction;
import io.jwal.store.s3.objects.IoCall;
import io.jwal.store.s3.read.SegmentReaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes one segment. Each sync sends what was appended since the last one as a part; what was sent is never split
 * within one append, so a batch lies in one part. Nothing else about the segment is kept but a few of its last bytes.
 */
public final class S3SegmentWriter implements SegmentWriter {
    /**
     * What is gathered without a sync before a part is sent all the same, so that memory stays bounded. Larger than any
     * index of a segment: an index must not become a part, for a half of one would look like damage.
     */
    private static final int MOST_GATHERED = 8 << 20;

    private enum Phase {
        WRITING,
        SEALED,
        CLOSED
    }

    private final SegmentId id;
    private final Medium medium;
    private final Owner owner;
    private final PartUploads uploads;
    private final SealedUpload sealed;
    private final WrittenBytes written;
    private List<ByteBuffer> gathered = new ArrayList<>();
    private long gatheredFrom;
    private volatile Phase phase = Phase.WRITING;
    private @Nullable Throwable failure;

    /** Who wants to know what becomes of a writer. */
    public interface Owner {
        /**
         * Its segment is sealed.
         *
         * @param parts how many parts hold the same; their numbers go from 1 to this
         */
        void sealed(S3SegmentWriter writer, int parts);

        /** It is closed. */
        void closed(S3SegmentWriter writer);
    }

    /** A writer of a segment that does not exist yet. Nothing is asked of the storage before the first sync. */
    public S3SegmentWriter(SegmentId id, Medium medium, Owner owner) {
        this.id = id;
        this.medium = medium;
        this.owner = owner;
        this.uploads = new PartUploads(medium, id);
        this.sealed = new SealedUpload(medium, id);
        this.written = new WrittenBytes(medium.cache());
    }

    /** The segment. */
    public SegmentId id() {
        return id;
    }

    /**
     * A reader of everything that was appended.
     *
     * @param readers opens the sealed segment once the parts are gone
     */
    public SegmentReader reader(SegmentReaders readers) {
        return readers.open(id, written);
    }

    @Override
    public long position() {
        return written.end();
    }

    @Override
    public void append(ByteBuffer... buffers) throws IOException {
        orFail(() -> {
            ByteBuffer piece = copy(buffers);
            if (piece.hasRemaining()) {
                gathered.add(piece);
                written.add(piece);
            }
            if (written.end() - gatheredFrom >= MOST_GATHERED) {
                uploads.awaitPlace();
                send();
            }
        });
    }

    private static ByteBuffer copy(ByteBuffer... buffers) {
        int length = 0;
        for (ByteBuffer buffer : buffers) {
            length = Math.addExact(length, buffer.remaining());
        }
        ByteBuffer copy = ByteBuffer.allocate(length);
        for (ByteBuffer buffer : buffers) {
            copy.put(buffer);
        }
        return copy.flip();
    }

    @Override
    public void sync() throws IOException {
        orFail(() -> {
            send();
            uploads.want(written.end());
            medium.requests().await(uploads.last());
        });
    }

    @Override
    public CompletableFuture<Long> syncAsync() {
        try {
            return askOrFail(() -> {
                send();
                uploads.want(written.end());
                return uploads.last();
            });
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sends what was gathered as a part, and takes over into the sealed object what is stored by now. */
    private void send() throws IOException {
        if (!gathered.isEmpty()) {
            List<ByteBuffer> pieces = gathered;
            gathered = new ArrayList<>();
            CompletableFuture<Long> unused = uploads.send(gatheredFrom, pieces);
            gatheredFrom = written.end();
        }
        takeStored();
    }

    private void takeStored() throws IOException {
        PartUploads.SentPart part = uploads.pollAcknowledged();
        while (part != null) {
            written.stored(part.bytes());
            written.forgetBefore(sealed.add(part));
            part = uploads.pollAcknowledged();
        }
    }

    @Override
    public void seal() throws IOException {
        orFail(() -> {
            medium.requests().await(uploads.last());
            takeStored();
            sealed.seal(gathered);
            phase = Phase.SEALED;
            owner.sealed(this, uploads.sent());
        });
    }

    private void orFail(IoAction action) throws IOException {
        askOrFail(() -> {
            action.run();
            return action;
        });
    }

    /** After a failure nothing is accepted any more. */
    private <T> T askOrFail(IoCall<T> call) throws IOException {
        if (phase != Phase.WRITING) {
            throw new StoreException("the writer of segment " + id + " is "
                    + (phase == Phase.SEALED ? "sealed" : "closed") + "; nothing can be added");
        }
        uploads.check();
        Throwable before = failure;
        if (before != null) {
            throw new StoreException(
                    "the writer of segment " + id + " has failed before: " + before.getMessage(), before);
        }
        try {
            return call.run();
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    /**
     * After any other failure the storage is better not asked again: it may be down, and each request would wait for it.
     * Whoever replaced this writer has looked for unfinished uploads already, perhaps before the one that is left here.
     */
    private void awaitUnlessFenced() throws IOException {
        try {
            medium.requests().await(uploads.last());
        } catch (StoreFencedException e) {
            // The storage answers, so the upload can be given up.
        }
    }

    /** When it returns, no part or piece of this writer is under way. */
    @Override
    public void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        try {
            medium.requests().await(uploads.back());
            medium.requests().await(sealed.back());
            awaitUnlessFenced();
            sealed.giveUp();
        } catch (IOException e) {
            // Whoever synced was told. An upload that stays is given up by the next writer.
        }
        owner.closed(this);
    }
}
