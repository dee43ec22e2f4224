package io.jwal.s3.servers;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that a fake S3 knows. One lock guards it, so that what it says is linearizable. */
final class FakeState {
    final ReentrantLock lock = new ReentrantLock();
    final Map<String, FakeBucket> buckets = new TreeMap<>();
    final Set<Misbehaviour> misbehaviours = EnumSet.noneOf(Misbehaviour.class);
    final BlobFolder folder;

    volatile Predicate<String> hiddenFromListings = key -> false;
    volatile Duration clockOffset = Duration.ZERO;
    private long uploads;

    FakeState() throws IOException {
        folder = new BlobFolder();
    }

    /** What is done while nobody else does anything. */
    interface Step<T extends @Nullable Object> {
        T run() throws S3Error, IOException;
    }

    <T extends @Nullable Object> T locked(Step<T> step) throws S3Error, IOException {
        lock.lock();
        try {
            return step.run();
        } finally {
            lock.unlock();
        }
    }

    Instant now() {
        return Instant.now().plus(clockOffset);
    }

    String newUploadId() {
        return String.format("upload-%08d", ++uploads);
    }

    FakeBucket bucket(String name) throws S3Error {
        FakeBucket bucket = buckets.get(name);
        if (bucket == null) {
            throw new S3Error(404, "NoSuchBucket", "The specified bucket does not exist");
        }
        return bucket;
    }

    boolean honours(Misbehaviour not) {
        return !misbehaviours.contains(not);
    }

    /** Checks the conditions of a write (or of a delete) against what is there. */
    void checkWrite(S3Request request, @Nullable StoredObject current, boolean completes) throws S3Error {
        if (completes && !honours(Misbehaviour.IGNORE_CONDITIONS_ON_COMPLETE)) {
            return;
        }
        Optional<String> noneMatch = request.headers().first("If-None-Match");
        if (noneMatch.isPresent() && honours(Misbehaviour.IGNORE_IF_NONE_MATCH)) {
            if (!noneMatch.get().equals("*")) {
                throw S3Error.notImplemented("If-None-Match with anything but * on a write");
            }
            if (current != null) {
                throw S3Error.preconditionFailed("If-None-Match");
            }
        }
        Optional<String> match = request.headers().first("If-Match");
        if (match.isPresent() && honours(Misbehaviour.IGNORE_IF_MATCH)) {
            checkMatch(match.get(), current);
        }
    }

    static void checkMatch(String condition, @Nullable StoredObject current) throws S3Error {
        if (current == null) {
            throw S3Error.noSuchKey();
        }
        if (!current.matches(condition)) {
            throw S3Error.preconditionFailed("If-Match");
        }
    }

    /** Puts an object in the place of what was there. */
    void install(FakeBucket bucket, String key, StoredObject object) throws IOException {
        discard(bucket.objects.put(key, object));
    }

    void remove(FakeBucket bucket, String key) throws IOException {
        discard(bucket.objects.remove(key));
    }

    private static void discard(@Nullable StoredObject object) throws IOException {
        if (object != null) {
            object.blob().delete();
        }
    }
}
