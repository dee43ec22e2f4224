package io.jwal.store.s3.simulator;

import io.jwal.store.StoreException;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Completed;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ListedObject;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectKind;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Upload;
import io.jwal.store.s3.objects.UploadedPiece;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One client of a {@link Bucket}. Each call goes through a {@link Wire}, which may lose it, hold it or repeat it. */
public final class BucketStorage implements ObjectStorage {
    /** The storage's smallest piece here, so that small segments are uploaded in pieces, too. */
    public static final int SMALLEST_PIECE = 64;

    private final Bucket bucket;
    private final Wire wire;
    private final Map<String, Long> counters = new TreeMap<>();

    /** What lies between a client and the bucket. */
    @FunctionalInterface
    public interface Wire {
        /**
         * Carries a call to the bucket and its answer back.
         *
         * @param kind what is asked, such as {@code PUT}
         * @param key of what
         * @param call does it
         */
        <T> T carry(String kind, String key, Supplier<T> call) throws IOException;
    }

    /** A client over a wire. */
    public BucketStorage(Bucket bucket, Wire wire) {
        this.bucket = bucket;
        this.wire = wire;
    }

    /** A client that is never disturbed. */
    public static BucketStorage undisturbed(Bucket bucket) {
        return new BucketStorage(bucket, new Wire() {
            @Override
            public <T> T carry(String kind, String key, Supplier<T> call) {
                return call.get();
            }
        });
    }

    private <T> T ask(String kind, String key, Supplier<T> call) throws IOException {
        synchronized (counters) {
            counters.merge(kind, 1L, Long::sum);
        }
        return wire.carry(kind, key, call);
    }

    @Override
    public Optional<String> putIfAbsent(String key, ObjectBody body, ObjectKind kind) throws IOException {
        return ask("PUT", key, () -> bucket.putIfAbsent(key, body));
    }

    @Override
    public Optional<String> putIfMatch(String key, String tag, ObjectBody body) throws IOException {
        return ask("PUT", key, () -> bucket.putIfMatch(key, tag, body));
    }

    @Override
    public Fetched get(String key, ByteRange range) throws IOException {
        return ask("GET", key, () -> bucket.get(key, range));
    }

    @Override
    public Fetched getIfMatch(String key, ByteRange range, String tag) throws IOException {
        Fetched fetched = get(key, range);
        return fetched instanceof Fetched.Found found && !found.tag().equals(tag) ? new Fetched.Replaced() : fetched;
    }

    @Override
    public Fetched getIfChanged(String key, ByteRange range, String tag) throws IOException {
        Fetched fetched = get(key, range);
        return fetched instanceof Fetched.Found found && found.tag().equals(tag) ? new Fetched.Unchanged() : fetched;
    }

    @Override
    public List<ListedObject> list(String prefix, String after, int most) throws IOException {
        return ask("LIST", prefix, () -> bucket.list(prefix, after, most));
    }

    @Override
    public void delete(Collection<String> keys) throws IOException {
        for (String key : keys) {
            ask("DELETE", key, () -> {
                bucket.delete(List.of(key));
                return null;
            });
        }
    }

    @Override
    public Upload beginUpload(String key, ObjectKind kind) throws IOException {
        return ask("MULTIPART", key, () -> bucket.beginUpload(key));
    }

    /** Nothing lets an upload expire here: that it is gone ends the writer, so that an upload given up wrongly is noticed. */
    @Override
    public UploadedPiece uploadPiece(Upload upload, int number, ObjectBody body) throws IOException {
        return ask("PUT", upload.key(), () -> bucket.uploadPiece(upload, number, body))
                .orElseThrow(() -> new StoreException("the upload of " + upload.key() + " is gone"));
    }

    @Override
    public UploadedPiece copyPiece(Upload upload, int number, String source, String tag, ByteRange range)
            throws IOException {
        return ask("PUT", upload.key(), () -> bucket.copyPiece(upload, number, source, tag, range))
                .orElseThrow(() -> new StoreException(source + " or the upload of " + upload.key() + " is gone"));
    }

    @Override
    public Completed completeIfAbsent(Upload upload, List<UploadedPiece> pieces) throws IOException {
        return ask("MULTIPART", upload.key(), () -> bucket.completeIfAbsent(upload, pieces));
    }

    @Override
    public void abort(Upload upload) throws IOException {
        ask("ABORT", upload.key(), () -> {
            bucket.abort(upload);
            return null;
        });
    }

    @Override
    public List<Upload> listUploads(String prefix) throws IOException {
        return ask("LIST", prefix, () -> bucket.listUploads(prefix));
    }

    @Override
    public int smallestPiece() {
        return SMALLEST_PIECE;
    }

    @Override
    public String describe(String key) {
        return "bucket://" + key;
    }

    @Override
    public Map<String, Long> counters() {
        synchronized (counters) {
            return new TreeMap<>(counters);
        }
    }

    @Override
    public void close() {}
}
