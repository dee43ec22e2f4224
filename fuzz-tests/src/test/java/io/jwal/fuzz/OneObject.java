package io.jwal.fuzz;

import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ListedObject;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectKind;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Upload;
import io.jwal.store.s3.objects.UploadedPiece;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bucket with one object that can only be read. */
record OneObject(String key, byte[] bytes) implements ObjectStorage {
    private static final String TAG = "1";

    @Override
    public Fetched get(String wanted, ByteRange range) {
        if (!wanted.equals(key)) {
            return new Fetched.Absent();
        }
        int from = range.isLast()
                ? Math.max(0, bytes.length - range.length())
                : (int) Math.min(range.from(), bytes.length);
        int length = Math.min(range.length(), bytes.length - from);
        return new Fetched.Found(
                TAG, bytes.length, ByteBuffer.wrap(bytes, from, length).slice());
    }

    @Override
    public Fetched getIfMatch(String wanted, ByteRange range, String tag) {
        return get(wanted, range);
    }

    @Override
    public Fetched getIfChanged(String wanted, ByteRange range, String tag) {
        return get(wanted, range);
    }

    @Override
    public List<ListedObject> list(String prefix, String after, int most) {
        return key.startsWith(prefix) && key.compareTo(after) > 0
                ? List.of(new ListedObject(key, bytes.length))
                : List.of();
    }

    @Override
    public Optional<String> putIfAbsent(String wanted, ObjectBody body, ObjectKind kind) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> putIfMatch(String wanted, String tag, ObjectBody body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(Collection<String> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Upload beginUpload(String wanted, ObjectKind kind) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UploadedPiece uploadPiece(Upload upload, int number, ObjectBody body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UploadedPiece copyPiece(Upload upload, int number, String source, String tag, ByteRange range) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> completeIfAbsent(Upload upload, List<UploadedPiece> pieces) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abort(Upload upload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Upload> listUploads(String prefix) {
        return List.of();
    }

    @Override
    public int smallestPiece() {
        return 5 << 20;
    }

    @Override
    public String describe(String wanted) {
        return "fuzzed:" + wanted;
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of();
    }

    @Override
    public void close() {
        // holds nothing
    }
}
