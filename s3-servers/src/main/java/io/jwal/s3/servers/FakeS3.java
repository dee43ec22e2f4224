package io.jwal.s3.servers;

import io.jwal.s3.servers.http.HttpListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An S3 in this JVM, for tests: linearizable, with S3's own answers, and with every way to go wrong that a test may want.
 * Bodies of 64 KiB and more lie in a temporary folder that {@link #close()} deletes. It knows no versions, no access
 * control lists, and no signatures: of a request's signature it looks at access key, region and date alone.
 */
public final class FakeS3 implements S3Server {
    private static final String REGION = "us-east-1";
    private static final String ACCESS_KEY = "FAKEACCESSKEY";

    private final FakeState state;
    private final FakeAccess access = new FakeAccess(REGION);
    private final FaultPlan faults = new FaultPlan();
    private final RequestLog requests = new RequestLog();
    private final HttpListener listener;

    private FakeS3() throws IOException {
        state = new FakeState();
        access.known.add(ACCESS_KEY);
        listener = new HttpListener("fake-s3", () -> new FakeHandler(state, access, faults, requests, REGION));
    }

    /**
     * Starts one without any bucket.
     *
     * @return the server
     * @throws IOException if there is no port or no temporary folder
     */
    public static FakeS3 start() throws IOException {
        return new FakeS3();
    }

    @Override
    public URI endpoint() {
        return listener.endpoint();
    }

    @Override
    public String region() {
        return REGION;
    }

    @Override
    public String accessKey() {
        return ACCESS_KEY;
    }

    @Override
    public String secretKey() {
        return "fake-secret";
    }

    @Override
    public String name() {
        return "FakeS3 at " + endpoint();
    }

    @Override
    public void close() {
        faults.clear();
        listener.close();
        try {
            state.folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the temporary folder of " + name(), e);
        }
    }

    /**
     * What goes wrong with requests.
     *
     * @return the plan, empty at first
     */
    public FaultPlan faults() {
        return faults;
    }

    /**
     * The requests that came.
     *
     * @return counts and the last of them
     */
    public RequestLog requests() {
        return requests;
    }

    /** Ends all connections and takes no more, as a crash would; what is stored stays. */
    public void down() {
        listener.down();
    }

    /** Listens again, at the same port. */
    public void up() {
        listener.up();
    }

    /**
     * Makes a bucket without a client.
     *
     * @param bucket its name
     */
    public void createBucket(String bucket) {
        createBucket(bucket, REGION);
    }

    /**
     * Makes a bucket that belongs to a region. In one that is not {@link #region()} every request is answered with 301
     * PermanentRedirect.
     *
     * @param bucket its name
     * @param region its region
     */
    public void createBucket(String bucket, String region) {
        change(() -> state.buckets.putIfAbsent(bucket, new FakeBucket(region)));
    }

    /**
     * Breaks its word from now on.
     *
     * @param misbehaviour how
     */
    public void misbehave(Misbehaviour misbehaviour) {
        change(() -> state.misbehaviours.add(misbehaviour));
    }

    /** Keeps its word again. */
    public void behave() {
        change(() -> {
            state.misbehaviours.clear();
            return state;
        });
    }

    /**
     * Lets another access key in.
     *
     * @param accessKey the key's id; its secret does not matter
     */
    public void allow(String accessKey) {
        access.expired.remove(accessKey);
        access.known.add(accessKey);
    }

    /**
     * Does not know an access key any more: InvalidAccessKeyId.
     *
     * @param accessKey the key's id
     */
    public void forget(String accessKey) {
        access.known.remove(accessKey);
    }

    /**
     * Says of an access key that its time is over: ExpiredToken.
     *
     * @param accessKey the key's id
     */
    public void expire(String accessKey) {
        access.expired.add(accessKey);
    }

    /**
     * Forbids operations: AccessDenied.
     *
     * @param operations which ones
     */
    public void deny(S3Operation... operations) {
        access.denied.addAll(Set.of(operations));
    }

    /** Forbids nothing any more. */
    public void permitAll() {
        access.denied.clear();
    }

    /**
     * Sets its clock off, by which it judges signatures (RequestTimeTooSkewed beyond 15 minutes) and dates answers.
     *
     * @param offset how far ahead; negative: behind
     */
    public void clockOffset(Duration offset) {
        state.clockOffset = offset;
    }

    /**
     * Makes a bucket's listings show for ever what is there now.
     *
     * @param bucket the bucket
     */
    public void freezeListings(String bucket) {
        change(() -> {
            state.bucket(bucket).freezeListings();
            return state;
        });
    }

    /**
     * Makes a bucket's listings show what is there.
     *
     * @param bucket the bucket
     */
    public void thawListings(String bucket) {
        change(() -> {
            state.bucket(bucket).thawListings();
            return state;
        });
    }

    /**
     * Leaves keys out of every listing.
     *
     * @param keys which ones
     */
    public void hideFromListings(Predicate<String> keys) {
        state.hiddenFromListings = keys;
    }

    /**
     * Puts an object without a request, in the place of what was there.
     *
     * @param bucket its bucket
     * @param key its key
     * @param body all of it
     */
    public void put(String bucket, String key, byte[] body) {
        change(() -> {
            Blob blob = Blob.inMemory(body.clone());
            String etag = '"'
                    + HexFormat.of().formatHex(ChecksumAlgorithm.digest("MD5").digest(body))
                    + '"';
            StoredObject object = new StoredObject(blob, etag, state.now(), Map.of(), Map.of(), "FULL_OBJECT");
            state.install(state.bucket(bucket), key, object);
            return state;
        });
    }

    /**
     * Flips one bit of an object's stored body. Its ETag and checksums stay what they were.
     *
     * @param bucket its bucket
     * @param key its key
     * @param bit which bit, from 0
     */
    public void flipBit(String bucket, String key, long bit) {
        change(() -> {
            object(bucket, key).blob().flip(bit / 8, 1 << (bit % 8));
            return state;
        });
    }

    /**
     * Cuts an object's stored body short. Its ETag and checksums stay what they were.
     *
     * @param bucket its bucket
     * @param key its key
     * @param length how many bytes stay
     */
    public void cutShort(String bucket, String key, long length) {
        change(() -> {
            StoredObject object = object(bucket, key);
            return state.bucket(bucket)
                    .objects
                    .put(key, object.withBlob(object.blob().cut(length)));
        });
    }

    /**
     * Loses an object.
     *
     * @param bucket its bucket
     * @param key its key
     */
    public void drop(String bucket, String key) {
        change(() -> {
            object(bucket, key);
            state.remove(state.bucket(bucket), key);
            return state;
        });
    }

    /**
     * Which objects a bucket has, whatever its listings show.
     *
     * @param bucket the bucket
     * @return all keys in order
     */
    public List<String> keys(String bucket) {
        return change(() -> List.copyOf(state.bucket(bucket).objects.keySet()));
    }

    /**
     * The body of an object, without a request.
     *
     * @param bucket its bucket
     * @param key its key
     * @return all of it
     */
    public byte[] body(String bucket, String key) {
        return change(() -> {
            Blob blob = object(bucket, key).blob();
            try (InputStream in = blob.open(0, blob.length())) {
                return in.readAllBytes();
            }
        });
    }

    /**
     * How many uploads in parts are unfinished.
     *
     * @param bucket the bucket
     * @return how many
     */
    public int unfinishedUploads(String bucket) {
        return change(() -> state.bucket(bucket).uploads.size());
    }

    private StoredObject object(String bucket, String key) throws S3Error {
        StoredObject object = state.bucket(bucket).objects.get(key);
        if (object == null) {
            throw S3Error.noSuchKey();
        }
        return object;
    }

    private <T extends @Nullable Object> T change(FakeState.Step<T> step) {
        try {
            return state.locked(step);
        } catch (S3Error e) {
            throw new IllegalArgumentException(e.code() + " in " + name() + ": " + e.message(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot change what is stored in " + name(), e);
        }
    }
}
