package io.jwal.store.s3.protocol;

import io.jwal.store.StoreException;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.Nonce;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Completed;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ListedObject;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectKind;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.RepeatedUpload;
import io.jwal.store.s3.objects.Requests;
import io.jwal.store.s3.objects.Upload;
import io.jwal.store.s3.objects.UploadGoneException;
import io.jwal.store.s3.objects.UploadedPiece;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Finds out whether the storage keeps conditions. Some servers that speak like S3 ignore them, and two writers would both
 * win. Tried on an object of its own, before anything of the log is written.
 */
final class CapabilityProbe {
    private static final Duration FORGOTTEN = Duration.ofDays(1);
    private static final String NO_TAG = "\"00000000000000000000000000000000\"";
    private static final int PAGE = 1000;
    private static final String COMPLETED = "fifth";

    private final ObjectStorage storage;
    private final Requests requests;
    private final Keys keys;
    private final Clock clock;

    CapabilityProbe(ObjectStorage storage, Requests requests, Keys keys, Clock clock) {
        this.storage = storage;
        this.requests = requests;
        this.keys = keys;
        this.clock = clock;
    }

    /** Refuses a storage that ignores conditions; deletes what earlier probes have left. */
    void run() throws IOException {
        String key = keys.probes() + String.format("%016x-", clock.millis()) + Nonce.random();
        requests.call(() -> storage.putIfAbsent(key, body("first"), ObjectKind.WORKING));
        Closeable used = () -> delete(List.of(key, key + "-absent"));
        try (used) {
            createsOnce(key);
            replacesOnlyWhatIsExpected(key);
            replacesNothingAbsent(key + "-absent");
            completesOnce(key);
        }
        delete(forgotten());
    }

    private void delete(List<String> probes) throws IOException {
        if (!probes.isEmpty()) {
            requests.run(() -> storage.delete(probes));
        }
    }

    private static ObjectBody body(String text) {
        return ObjectBody.of(bytes(text));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void createsOnce(String key) throws IOException {
        if (requests.call(() -> storage.putIfAbsent(key, body("second"), ObjectKind.WORKING))
                .isPresent()) {
            throw refused("a PUT with If-None-Match: * replaced an object");
        }
    }

    private void replacesOnlyWhatIsExpected(String key) throws IOException {
        if (requests.call(() -> storage.putIfMatch(key, NO_TAG, body("third"))).isPresent()) {
            throw refused("a PUT with an If-Match that does not match replaced an object");
        }
        String tag = tagOf(key);
        // By an attempt whose answer was lost, perhaps: then the object has another tag by now.
        if (requests.call(() -> storage.putIfMatch(key, tag, body("fourth"))).isEmpty()
                && tagOf(key).equals(tag)) {
            throw refused("a PUT with an If-Match that matches was refused");
        }
    }

    private String tagOf(String key) throws IOException {
        Fetched fetched = requests.call(() -> storage.get(key, new ByteRange(0, 1)));
        if (fetched instanceof Fetched.Found found) {
            return found.tag();
        }
        throw refused("an object that was just written is not there");
    }

    private void replacesNothingAbsent(String key) throws IOException {
        if (requests.call(() -> storage.putIfMatch(key, NO_TAG, body("none"))).isPresent()) {
            throw refused("a PUT with If-Match created an object");
        }
    }

    private void completesOnce(String key) throws IOException {
        if (!RepeatedUpload.run(storage.describe(key), () -> isTaken(key), () -> isTaken(key))) {
            throw refused("completing an upload with If-None-Match: * replaced an object");
        }
    }

    private boolean holds(String key, String text) throws IOException {
        ByteRange range = new ByteRange(0, text.length());
        return requests.call(() -> storage.get(key, range)) instanceof Fetched.Found found
                && found.bytes().equals(bytes(text));
    }

    /** That the upload is gone says nothing by itself: a completion whose answer was lost may have used it up. */
    private boolean isTaken(String key) throws IOException {
        Upload upload = requests.call(() -> storage.beginUpload(key, ObjectKind.WORKING));
        boolean made = false;
        try {
            UploadedPiece piece = requests.call(() -> storage.uploadPiece(upload, 1, body(COMPLETED)));
            Completed completed = requests.call(() -> storage.completeIfAbsent(upload, List.of(piece)));
            made = completed instanceof Completed.Made;
            if (completed instanceof Completed.Gone && !holds(key, COMPLETED)) {
                throw new UploadGoneException(
                        "the upload of " + storage.describe(key) + " could not be completed; begin it anew");
            }
            return completed instanceof Completed.Taken;
        } finally {
            if (!made) {
                requests.run(() -> storage.abort(upload));
            }
        }
    }

    private StoreException refused(String what) {
        return new StoreException("the server of " + storage.describe("") + " does not keep conditions: " + what
                + ". Two writers could both believe that they own the log, so it is refused; use a server that"
                + " supports conditional writes (docs/s3.md lists some)");
    }

    /** Probes of writers that died before they could delete them. */
    private List<String> forgotten() throws IOException {
        String before = keys.probes() + String.format("%016x", Math.max(0, clock.millis() - FORGOTTEN.toMillis()));
        return requests.call(() -> storage.list(keys.probes(), keys.probes(), PAGE)).stream()
                .map(ListedObject::key)
                .filter(key -> key.compareTo(before) < 0)
                .toList();
    }
}
