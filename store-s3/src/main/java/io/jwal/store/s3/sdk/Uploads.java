package io.jwal.store.s3.sdk;

import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Completed;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectKind;
import io.jwal.store.s3.objects.Upload;
import io.jwal.store.s3.objects.UploadGoneException;
import io.jwal.store.s3.objects.UploadedPiece;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Objects that are made of pieces. */
final class Uploads {
    private static final String PERMISSION = "s3:PutObject";

    private final Requests requests;
    private final Writing writing;
    private final String bucket;

    Uploads(Requests requests, Writing writing, SdkSettings settings) {
        this.requests = requests;
        this.writing = writing;
        this.bucket = settings.bucket();
    }

    Upload begin(String key, ObjectKind kind) throws IOException {
        CreateMultipartUploadRequest request = writing.request(key, kind).build();
        return requests.ask(
                requests.asked("begin an upload of", key, PERMISSION),
                client -> new Upload(
                        key, Answers.need(client.createMultipartUpload(request).uploadId(), "UploadId")));
    }

    UploadedPiece put(Upload upload, int number, ObjectBody body) throws IOException {
        String crc = writing.checksum(body);
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(bucket)
                .key(upload.key())
                .uploadId(upload.id())
                .partNumber(number)
                .checksumCRC32C(crc)
                .build();
        return piece(
                requests.asked("upload piece " + number + " of", upload.key(), PERMISSION),
                client -> new UploadedPiece(
                        number,
                        Answers.tag(client.uploadPart(request, Writing.content(body))
                                .eTag()),
                        crc));
    }

    UploadedPiece copy(Upload upload, int number, String source, String tag, ByteRange range) throws IOException {
        if (range.isLast()) {
            throw new IllegalArgumentException("a copied range is counted from the start");
        }
        Asked asked = requests.asked(
                "copy " + requests.describe(source) + " into piece " + number + " of",
                upload.key(),
                "s3:GetObject and " + PERMISSION);
        return piece(asked, client -> {
            CopyPartResult copied = client.uploadPartCopy(request -> request.sourceBucket(bucket)
                            .sourceKey(source)
                            .copySourceIfMatch(tag)
                            .copySourceRange(ContentRange.header(range))
                            .destinationBucket(bucket)
                            .destinationKey(upload.key())
                            .uploadId(upload.id())
                            .partNumber(number))
                    .copyPartResult();
            return new UploadedPiece(
                    number, Answers.tag(Answers.need(copied, "CopyPartResult").eTag()), copied.checksumCRC32C());
        });
    }

    private UploadedPiece piece(Asked asked, Requests.Call<UploadedPiece> call) throws IOException {
        return requests.ask(asked, client -> {
            try {
                return call.on(client);
            } catch (AwsServiceException e) {
                if (Refusals.isUploadGone(e)) {
                    throw new UploadGoneException(
                            asked.failed() + "the upload has expired or was aborted; begin it anew", e);
                }
                throw e;
            }
        });
    }

    /** On a conflict S3 asks for a new upload, so that the same request is not repeated. */
    Completed complete(Upload upload, List<UploadedPiece> pieces) throws IOException {
        List<CompletedPart> parts = pieces.stream().map(Uploads::part).toList();
        return requests.ask(requests.asked("complete the upload of", upload.key(), PERMISSION), client -> {
            try {
                return new Completed.Made(Answers.tag(client.completeMultipartUpload(request -> request.bucket(bucket)
                                .key(upload.key())
                                .uploadId(upload.id())
                                .ifNoneMatch("*")
                                .multipartUpload(list -> list.parts(parts))
                                .overrideConfiguration(override -> override.addPlugin(ConflictsNotRepeated.PLUGIN)))
                        .eTag()));
            } catch (AwsServiceException e) {
                if (Refusals.isConditionFailed(e)) {
                    return new Completed.Taken();
                }
                if (Refusals.isUploadGone(e) || Refusals.isConflict(e)) {
                    return new Completed.Gone();
                }
                throw e;
            }
        });
    }

    private static CompletedPart part(UploadedPiece piece) {
        return CompletedPart.builder()
                .partNumber(piece.number())
                .eTag(piece.tag())
                .checksumCRC32C(piece.crc32c())
                .build();
    }

    void abort(Upload upload) throws IOException {
        requests.ask(requests.asked("abort the upload of", upload.key(), "s3:AbortMultipartUpload"), client -> {
            try {
                return client.abortMultipartUpload(
                        request -> request.bucket(bucket).key(upload.key()).uploadId(upload.id()));
            } catch (AwsServiceException e) {
                if (Refusals.isUploadGone(e)) {
                    return e;
                }
                throw e;
            }
        });
    }
}
