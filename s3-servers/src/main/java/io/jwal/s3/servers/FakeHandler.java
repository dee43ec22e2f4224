package io.jwal.s3.servers;

import io.jwal.s3.servers.http.HttpHandler;
import io.jwal.s3.servers.http.HttpHeaders;
import io.jwal.s3.servers.http.HttpRequest;
import io.jwal.s3.servers.http.HttpResponse;
import io.jwal.s3.servers.http.HttpWire;
import java.io.IOException;

/** Takes requests to a fake S3 and sends each where it is carried out. */
final class FakeHandler implements HttpHandler {
    private final FakeState state;
    private final FakeAccess access;
    private final FaultPlan faults;
    private final RequestLog log;
    private final String region;
    private final ObjectRequests objects;
    private final MultipartRequests uploads;
    private final MultipartCompletion completion;
    private final ListRequests lists;

    FakeHandler(FakeState state, FakeAccess access, FaultPlan faults, RequestLog log, String region) {
        this.state = state;
        this.access = access;
        this.faults = faults;
        this.log = log;
        this.region = region;
        objects = new ObjectRequests(state);
        uploads = new MultipartRequests(state);
        completion = new MultipartCompletion(state, uploads);
        lists = new ListRequests(state);
    }

    @Override
    public HttpResponse handle(HttpRequest http) throws IOException {
        S3Request request = S3Request.of(http);
        log.add(request);
        HttpResponse response = faults.run(request, () -> carryOut(request, http));
        HttpHeaders headers = response.headers();
        headers.set("Date", HttpWire.date(state.now()));
        headers.set("Server", "JWalFakeS3");
        if (headers.first("x-amz-request-id").isEmpty()) {
            headers.set("x-amz-request-id", S3Error.requestId());
        }
        return response;
    }

    private HttpResponse carryOut(S3Request request, HttpRequest http) throws IOException {
        try {
            access.check(request, state.now());
            checkPlace(request);
            return dispatch(request, http);
        } catch (S3Error e) {
            return e.response(request);
        }
    }

    private void checkPlace(S3Request request) throws IOException, S3Error {
        FakeBucket bucket = state.locked(() -> state.buckets.get(request.bucket()));
        if (bucket != null && !bucket.region.equals(region)) {
            throw new S3Error(
                            301,
                            "PermanentRedirect",
                            "The bucket you are attempting to access must be addressed using the specified endpoint."
                                    + " Please send all future requests to this endpoint.")
                    .with("Endpoint", request.bucket() + ".s3." + bucket.region + ".amazonaws.com")
                    .with("Bucket", request.bucket())
                    .withHeader("x-amz-bucket-region", bucket.region);
        }
    }

    private HttpResponse dispatch(S3Request request, HttpRequest http) throws IOException, S3Error {
        return switch (request.operation()) {
            case PUT -> objects.put(request, http);
            case GET, HEAD -> objects.get(request);
            case LIST -> lists.objects(request);
            case DELETE -> objects.delete(request);
            case DELETE_MANY -> objects.deleteMany(request, http);
            case MULTIPART_CREATE -> uploads.create(request);
            case MULTIPART_PART -> uploads.part(request, http);
            case MULTIPART_COPY -> uploads.copy(request);
            case MULTIPART_COMPLETE -> completion.complete(request, http);
            case MULTIPART_ABORT -> uploads.abort(request);
            case MULTIPART_PARTS -> uploads.listParts(request);
            case MULTIPART_LIST -> lists.uploads(request);
            case BUCKET_CREATE -> createBucket(request);
            case BUCKET_HEAD -> headBucket(request);
            case BUCKET_DELETE -> deleteBucket(request);
            case OTHER -> throw S3Error.notImplemented(http.method() + " " + http.target());
        };
    }

    private HttpResponse createBucket(S3Request request) throws IOException, S3Error {
        return state.locked(() -> {
            if (state.buckets.putIfAbsent(request.bucket(), new FakeBucket(region)) != null) {
                throw new S3Error(
                        409,
                        "BucketAlreadyOwnedByYou",
                        "Your previous request to create the named bucket succeeded and you already own it.");
            }
            HttpHeaders headers = new HttpHeaders();
            headers.set("Location", "/" + request.bucket());
            return HttpResponse.of(200, headers, new byte[0]);
        });
    }

    private HttpResponse headBucket(S3Request request) throws IOException, S3Error {
        return state.locked(() -> {
            HttpHeaders headers = new HttpHeaders();
            headers.set("x-amz-bucket-region", state.bucket(request.bucket()).region);
            return HttpResponse.of(200, headers, new byte[0]);
        });
    }

    private HttpResponse deleteBucket(S3Request request) throws IOException, S3Error {
        return state.locked(() -> {
            if (!state.bucket(request.bucket()).objects.isEmpty()) {
                throw new S3Error(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
            }
            state.buckets.remove(request.bucket());
            return HttpResponse.of(204, new HttpHeaders(), new byte[0]);
        });
    }
}
