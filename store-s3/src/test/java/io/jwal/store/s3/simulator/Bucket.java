package io.jwal.store.s3.simulator;

import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Completed;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ListedObject;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.Upload;
import io.jwal.store.s3.objects.UploadedPiece;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A bucket as S3 describes it: every call happens at one moment, the later sees what the earlier did. An entity tag is a
 * digest of the content, so that equal contents have equal tags.
 */
public final class Bucket {
    private final TreeMap<String, Held> objects = new TreeMap<>();
    private final Map<Upload, TreeMap<Integer, Held>> uploads = new LinkedHashMap<>();
    private long begun;
    private long changes;

    private record Held(String tag, byte[] bytes) {}

    private Held held(ObjectBody body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteBuffer piece : body.pieces()) {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
        }
        return new Held(tag(bytes.toByteArray()), bytes.toByteArray());
    }

    private static String tag(byte[] bytes) {
        try {
            return '"'
                    + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes))
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A bucket of its own with the same in it. */
    public synchronized Bucket copy() {
        Bucket copy = new Bucket();
        copy.objects.putAll(objects);
        uploads.forEach((upload, pieces) -> copy.uploads.put(upload, new TreeMap<>(pieces)));
        copy.begun = begun;
        return copy;
    }

    /** How often something was changed. */
    synchronized long changes() {
        return changes;
    }

    synchronized Optional<String> putIfAbsent(String key, ObjectBody body) {
        Held mine = held(body);
        changes++;
        return objects.putIfAbsent(key, mine) == null ? Optional.of(mine.tag) : Optional.empty();
    }

    synchronized Optional<String> putIfMatch(String key, String tag, ObjectBody body) {
        Held there = objects.get(key);
        if (there == null || !there.tag.equals(tag)) {
            return Optional.empty();
        }
        Held mine = held(body);
        changes++;
        objects.put(key, mine);
        return Optional.of(mine.tag);
    }

    synchronized Fetched get(String key, ByteRange range) {
        Held there = objects.get(key);
        if (there == null) {
            return new Fetched.Absent();
        }
        long size = there.bytes.length;
        long from = range.isLast() ? Math.max(0, size - range.length()) : Math.min(size, range.from());
        long to = Math.min(size, from + range.length());
        return new Fetched.Found(
                there.tag, size, ByteBuffer.wrap(Arrays.copyOfRange(there.bytes, (int) from, (int) to)));
    }

    synchronized List<ListedObject> list(String prefix, String after, int most) {
        return objects.tailMap(after, false).entrySet().stream()
                .filter(object -> object.getKey().compareTo(prefix) > 0)
                .takeWhile(object -> object.getKey().startsWith(prefix))
                .limit(most)
                .map(object -> new ListedObject(object.getKey(), object.getValue().bytes.length))
                .toList();
    }

    synchronized void delete(Collection<String> keys) {
        changes++;
        keys.forEach(objects::remove);
    }

    synchronized Upload beginUpload(String key) {
        Upload upload = new Upload(key, "upload-" + ++begun);
        uploads.put(upload, new TreeMap<>());
        return upload;
    }

    /** Nothing if the upload is gone. */
    synchronized Optional<UploadedPiece> uploadPiece(Upload upload, int number, ObjectBody body) {
        TreeMap<Integer, Held> pieces = uploads.get(upload);
        if (pieces == null) {
            return Optional.empty();
        }
        Held piece = held(body);
        pieces.put(number, piece);
        return Optional.of(new UploadedPiece(number, piece.tag, null));
    }

    synchronized Optional<UploadedPiece> copyPiece(
            Upload upload, int number, String source, String tag, ByteRange range) {
        if (!(get(source, range) instanceof Fetched.Found found) || !found.tag().equals(tag)) {
            return Optional.empty();
        }
        return uploadPiece(upload, number, ObjectBody.of(found.bytes()));
    }

    synchronized Completed completeIfAbsent(Upload upload, List<UploadedPiece> pieces) {
        TreeMap<Integer, Held> there = uploads.get(upload);
        if (there == null) {
            return new Completed.Gone();
        }
        if (objects.containsKey(upload.key())) {
            return new Completed.Taken();
        }
        List<ByteBuffer> all = new ArrayList<>();
        for (UploadedPiece piece : pieces) {
            all.add(ByteBuffer.wrap(there.get(piece.number()).bytes));
        }
        uploads.remove(upload);
        return new Completed.Made(putIfAbsent(upload.key(), new ObjectBody(all)).orElseThrow());
    }

    synchronized void abort(Upload upload) {
        uploads.remove(upload);
    }

    synchronized List<Upload> listUploads(String prefix) {
        return uploads.keySet().stream()
                .filter(upload -> upload.key().startsWith(prefix))
                .toList();
    }

    /** Puts something there that no log has written, or changes what one has. */
    public synchronized void plant(String key, byte[] bytes) {
        objects.put(key, held(ObjectBody.of(ByteBuffer.wrap(bytes))));
    }

    /** The bytes of an object. */
    public synchronized Optional<byte[]> bytes(String key) {
        return Optional.ofNullable(objects.get(key)).map(held -> held.bytes.clone());
    }

    /** Takes an object away behind everybody's back. */
    public synchronized void remove(String key) {
        objects.remove(key);
    }

    /** All keys, in order. */
    public synchronized List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    /** All objects and uploads, to be compared. */
    public synchronized Object snapshot() {
        Map<String, String> all = new TreeMap<>();
        objects.forEach((key, held) -> all.put(key, held.tag + Arrays.hashCode(held.bytes)));
        uploads.forEach((upload, pieces) -> all.put(upload.id(), upload.key() + pieces.size()));
        return all;
    }
}
