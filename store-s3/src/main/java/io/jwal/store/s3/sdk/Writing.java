package io.jwal.store.s3.sdk;

import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectKind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** How objects are written: their bytes, and what the storage should do with them. */
final class Writing {
    private static final String CONTENT_TYPE = "application/octet-stream";

    private final SdkSettings settings;

    Writing(SdkSettings settings) {
        this.settings = settings;
    }

    /** The bytes, not copied; each attempt reads them from the start. */
    static RequestBody content(ObjectBody body) {
        return RequestBody.fromContentProvider(body::stream, body.length(), CONTENT_TYPE);
    }

    @Nullable
    String checksum(ObjectBody body) {
        return settings.checksums() ? Checksums.text(body.crc32c()) : null;
    }

    PutObjectRequest.Builder request(String key, ObjectBody body, ObjectKind kind) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(key)
                .checksumCRC32C(checksum(body))
                .serverSideEncryption(settings.encryption())
                .ssekmsKeyId(settings.kmsKey());
        return kind == ObjectKind.SEALED ? request.storageClass(settings.sealedClass()) : request;
    }

    CreateMultipartUploadRequest.Builder request(String key, ObjectKind kind) {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(settings.bucket())
                .key(key)
                .contentType(CONTENT_TYPE)
                .checksumAlgorithm(settings.checksums() ? ChecksumAlgorithm.CRC32_C : null)
                .serverSideEncryption(settings.encryption())
                .ssekmsKeyId(settings.kmsKey());
        return kind == ObjectKind.SEALED ? request.storageClass(settings.sealedClass()) : request;
    }
}
