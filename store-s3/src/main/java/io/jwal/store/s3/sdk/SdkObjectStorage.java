package io.jwal.store.s3.sdk;

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
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A bucket, through the AWS SDK. Nothing is sent, and no connection made, before the first request. */
public final class SdkObjectStorage implements ObjectStorage {
    private static final int SMALLEST_PIECE = 5 << 20;

    private final Requests requests;
    private final Writing writing;
    private final Fetches fetches;
    private final Listings listings;
    private final Deletions deletions;
    private final Uploads uploads;
    private final UnfinishedUploads unfinished;

    /**
     * A bucket that exists, or will before the first request.
     *
     * @param settings which one
     */
    public SdkObjectStorage(SdkSettings settings) {
        this.requests = new Requests(settings);
        this.writing = new Writing(settings);
        this.fetches = new Fetches(requests, settings);
        this.listings = new Listings(requests, settings);
        this.deletions = new Deletions(requests, settings);
        this.uploads = new Uploads(requests, writing, settings);
        this.unfinished = new UnfinishedUploads(requests, settings);
    }

    @Override
    public Optional<String> putIfAbsent(String key, ObjectBody body, ObjectKind kind) throws IOException {
        PutObjectRequest request =
                writing.request(key, body, kind).ifNoneMatch("*").build();
        return put(requests.asked("create", key, "s3:PutObject"), request, body);
    }

    @Override
    public Optional<String> putIfMatch(String key, String tag, ObjectBody body) throws IOException {
        PutObjectRequest request =
                writing.request(key, body, ObjectKind.WORKING).ifMatch(tag).build();
        return put(requests.asked("replace", key, "s3:PutObject and s3:GetObject"), request, body);
    }

    private Optional<String> put(Asked asked, PutObjectRequest request, ObjectBody body) throws IOException {
        return requests.ask(asked, client -> {
            try {
                return Optional.of(Answers.tag(
                        client.putObject(request, Writing.content(body)).eTag()));
            } catch (AwsServiceException e) {
                // What is to be replaced may be gone
                if (Refusals.isConditionFailed(e) || Refusals.isAbsent(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public Fetched get(String key, ByteRange range) throws IOException {
        return fetches.get(key, range, UnaryOperator.identity());
    }

    @Override
    public Fetched getIfMatch(String key, ByteRange range, String tag) throws IOException {
        return fetches.get(key, range, request -> request.ifMatch(tag));
    }

    @Override
    public Fetched getIfChanged(String key, ByteRange range, String tag) throws IOException {
        return fetches.get(key, range, request -> request.ifNoneMatch(tag));
    }

    @Override
    public List<ListedObject> list(String prefix, String after, int most) throws IOException {
        return listings.page(prefix, after, most);
    }

    @Override
    public void delete(Collection<String> keys) throws IOException {
        deletions.delete(keys);
    }

    @Override
    public Upload beginUpload(String key, ObjectKind kind) throws IOException {
        return uploads.begin(key, kind);
    }

    @Override
    public UploadedPiece uploadPiece(Upload upload, int number, ObjectBody body) throws IOException {
        return uploads.put(upload, number, body);
    }

    @Override
    public UploadedPiece copyPiece(Upload upload, int number, String source, String tag, ByteRange range)
            throws IOException {
        return uploads.copy(upload, number, source, tag, range);
    }

    @Override
    public Completed completeIfAbsent(Upload upload, List<UploadedPiece> pieces) throws IOException {
        return uploads.complete(upload, pieces);
    }

    @Override
    public void abort(Upload upload) throws IOException {
        uploads.abort(upload);
    }

    @Override
    public List<Upload> listUploads(String prefix) throws IOException {
        return unfinished.list(prefix);
    }

    @Override
    public int smallestPiece() {
        return SMALLEST_PIECE;
    }

    @Override
    public String describe(String key) {
        return requests.describe(key);
    }

    @Override
    public Map<String, Long> counters() {
        return requests.counters();
    }

    @Override
    public void close() {
        requests.close();
    }
}
