package io.jwal.store.s3.sdk;

import io.jwal.s3.servers.RealS3;
import io.jwal.s3.servers.S3Server;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The same on a server that is not ours. */
final class RealS3StorageTest extends ObjectStorageContract {
    private final S3Server server = RealS3.server();
    private final String bucket = server.newBucketName(RealS3StorageTest.class);

    private final S3Client client = S3Client.builder()
            .endpointOverride(server.endpoint())
            .region(Region.of(server.region()))
            .credentialsProvider(Storages.keys(server.accessKey(), server.secretKey()))
            .forcePathStyle(true)
            .httpClientBuilder(Apache5HttpClient.builder())
            .build();

    @Override
    SdkObjectStorage open() {
        client.createBucket(request -> request.bucket(bucket));
        return Storages.of(server, bucket).open();
    }

    @AfterEach
    void leaveNothing() {
        try (client) {
            List<String> keys = client.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                    .map(object -> object.key())
                    .toList();
            keys.forEach(
                    key -> client.deleteObject(request -> request.bucket(bucket).key(key)));
            client.deleteBucket(request -> request.bucket(bucket));
        }
    }
}
