package io.jwal.benchmarks.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The loop that a log on S3 is compared with: the same objects, one request after the other, and the SDK's own defaults,
 * which give each body a checksum; a range that is fetched has none that could be checked.
 */
final class SdkBytes implements Bytes {
    private static final int PART = 8 << 20;
    private static final int PARTS = 8;
    private static final int BLOCK = 1 << 20;

    private final S3Client client;
    private final String bucket;

    SdkBytes(Place place) {
        this.client = place.client();
        this.bucket = place.bucket();
    }

    /** Parts of 8 MiB, eight of which the server makes one object of; then they are deleted. */
    @Override
    public void append(String prefix, int entries) {
        long rest = (long) entries * ENTRY;
        byte[] part = new byte[PART];
        for (int segment = 1; rest > 0; segment++) {
            List<String> parts = new ArrayList<>();
            while (rest > 0 && parts.size() < PARTS) {
                String key = prefix + segment + "/" + parts.size();
                byte[] body = rest >= PART ? part : new byte[(int) rest];
                client.putObject(
                        request -> request.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromBytes(body));
                parts.add(key);
                rest -= body.length;
            }
            join(prefix + segment, parts);
        }
    }

    private void join(String key, List<String> parts) {
        String upload = client.createMultipartUpload(
                        request -> request.bucket(bucket).key(key))
                .uploadId();
        List<CompletedPart> copied = new ArrayList<>();
        for (String part : parts) {
            int number = copied.size() + 1;
            String tag = client.uploadPartCopy(request -> request.sourceBucket(bucket)
                            .sourceKey(part)
                            .destinationBucket(bucket)
                            .destinationKey(key)
                            .uploadId(upload)
                            .partNumber(number))
                    .copyPartResult()
                    .eTag();
            copied.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        client.completeMultipartUpload(request -> request.bucket(bucket)
                .key(key)
                .uploadId(upload)
                .ifNoneMatch("*")
                .multipartUpload(list -> list.parts(copied)));
        List<ObjectIdentifier> doomed = parts.stream()
                .map(part -> ObjectIdentifier.builder().key(part).build())
                .toList();
        client.deleteObjects(request -> request.bucket(bucket).delete(those -> those.objects(doomed)));
    }

    /** The log's own objects, in blocks as large as the log fetches them. */
    @Override
    public void scan(String prefix, int entries) throws IOException {
        long bytes = 0;
        Iterator<S3Object> objects = client.listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(prefix + "segments/"))
                .contents()
                .iterator();
        while (objects.hasNext()) {
            S3Object object = objects.next();
            for (long from = 0; from < object.size(); from += BLOCK) {
                String range = "bytes=" + from + "-" + (from + BLOCK - 1);
                ResponseBytes<GetObjectResponse> block = client.getObjectAsBytes(
                        request -> request.bucket(bucket).key(object.key()).range(range));
                bytes += block.asByteArrayUnsafe().length;
            }
        }
        if (bytes < (long) entries * ENTRY) {
            throw new IOException("the log's objects have only " + bytes + " bytes");
        }
    }
}
