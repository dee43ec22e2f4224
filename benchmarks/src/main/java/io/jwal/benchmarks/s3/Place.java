package io.jwal.benchmarks.s3;

import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.RealS3;
import io.jwal.s3.servers.S3Server;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A new bucket: of the S3 that {@code JWAL_S3_ENDPOINT} names, or else of one in this JVM, whose work then weighs on both
 * sides of a comparison alike.
 */
public record Place(S3Server server, String bucket, S3Client client) implements AutoCloseable {
    /** Creates it. */
    public static Place open() throws IOException {
        Optional<S3Server> named = RealS3.named();
        S3Server server = named.isPresent() ? named.get() : FakeS3.start();
        String bucket = server.newBucketName(Place.class);
        S3Client client = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(server.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
                .build();
        client.createBucket(request -> request.bucket(bucket));
        return new Place(server, bucket, client);
    }

    /** Empties and deletes it. */
    @Override
    public void close() {
        client.listObjectsV2Paginator(request -> request.bucket(bucket))
                .contents()
                .forEach(object ->
                        client.deleteObject(request -> request.bucket(bucket).key(object.key())));
        client.deleteBucket(request -> request.bucket(bucket));
        client.close();
        server.close();
    }
}
