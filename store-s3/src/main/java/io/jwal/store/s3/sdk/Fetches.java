package io.jwal.store.s3.sdk;

import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Fetched;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Fetches parts of objects. */
final class Fetches {
    /** How often an object may be replaced by a longer one between two requests of a fetch. */
    private static final int MOST_ROUNDS = 5;

    private final Requests requests;
    private final String bucket;
    private final boolean checksums;

    Fetches(Requests requests, SdkSettings settings) {
        this.requests = requests;
        this.bucket = settings.bucket();
        this.checksums = settings.checksums();
    }

    /**
     * Fetches a part of an object.
     *
     * @param condition adds what must hold to the request
     */
    Fetched get(String key, ByteRange range, UnaryOperator<GetObjectRequest.Builder> condition) throws IOException {
        // Without the permission to list, S3 hides whether an object is there
        Asked asked = requests.asked("read", key, "s3:GetObject, and s3:ListBucket to see what is not there");
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .range(ContentRange.header(range))
                .overrideConfiguration(override -> {
                    if (checksums) {
                        // As a header alone: the SDK would hold the whole object's checksum against a part
                        override.putHeader("x-amz-checksum-mode", "ENABLED");
                    }
                });
        GetObjectRequest conditional = condition.apply(request).build();
        return requests.ask(asked, client -> {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                Optional<Fetched> fetched = tryGet(client, conditional, range);
                if (fetched.isPresent()) {
                    return fetched.get();
                }
            }
            throw new UnusableAnswerException("the object was replaced again and again; see who writes there");
        });
    }

    private Optional<Fetched> tryGet(S3Client client, GetObjectRequest request, ByteRange range) {
        try {
            return Optional.of(client.getObject(request, new RangeAnswer(range, checksums)));
        } catch (AwsServiceException e) {
            if (Refusals.isAbsent(e)) {
                return Optional.of(new Fetched.Absent());
            }
            if (Refusals.isUnchanged(e)) {
                return Optional.of(new Fetched.Unchanged());
            }
            if (Refusals.isConditionFailed(e)) {
                return Optional.of(new Fetched.Replaced());
            }
            if (Refusals.isOutOfRange(e)) {
                return behindTheEnd(client, request, range);
            }
            throw e;
        }
    }

    /** A range that no byte lies in is an error, and its answer has no tag. */
    private static Optional<Fetched> behindTheEnd(S3Client client, GetObjectRequest request, ByteRange range) {
        try {
            HeadObjectResponse head = client.headObject(builder -> builder.bucket(request.bucket())
                    .key(request.key())
                    .ifMatch(request.ifMatch())
                    .ifNoneMatch(request.ifNoneMatch()));
            long size = Answers.need(head.contentLength(), "Content-Length");
            return size > Math.max(0, range.from())
                    ? Optional.empty()
                    : Optional.of(new Fetched.Found(Answers.tag(head.eTag()), size, ByteBuffer.allocate(0)));
        } catch (AwsServiceException e) {
            if (Refusals.isUnchanged(e) || Refusals.isConditionFailed(e) || e.statusCode() == Refusals.NOT_FOUND) {
                // The next GET says which: a HEAD's error has no body
                return Optional.empty();
            }
            throw e;
        }
    }
}
