package io.jwal.s3.engine;

import io.jwal.s3.servers.S3Server;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** A bucket of a server, looked into and damaged from outside, as somebody with a console would. */
final class TestBucket implements AutoCloseable {
    private static final int MOST_DELETED_AT_ONCE = 1000;

    private final S3Server server;
    private final String name;
    private final S3Client client;

    /** Creates it. */
    TestBucket(S3Server server) {
        this.server = server;
        this.name = server.newBucketName(TestBucket.class);
        URI endpoint = server.endpoint();
        this.client = S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.of(server.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
                .build();
        client.createBucket(request -> request.bucket(name));
    }

    S3Server server() {
        return server;
    }

    String name() {
        return name;
    }

    /** All keys with a prefix, and for each of them something that changes with its object. */
    Map<String, String> objects(String prefix) {
        Map<String, String> objects = new TreeMap<>();
        client.listObjectsV2Paginator(ListObjectsV2Request.builder()
                        .bucket(name)
                        .prefix(prefix)
                        .build())
                .contents()
                .forEach(object -> objects.put(object.key(), object.size() + " bytes, " + object.eTag()));
        return objects;
    }

    Optional<byte[]> get(String key) {
        try {
            return Optional.of(
                    client.getObjectAsBytes(request -> request.bucket(name).key(key))
                            .asByteArray());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    void put(String key, byte[] content) {
        client.putObject(request -> request.bucket(name).key(key), RequestBody.fromBytes(content));
    }

    void delete(List<String> keys) {
        List<ObjectIdentifier> doomed = new ArrayList<>();
        for (String key : keys) {
            doomed.add(ObjectIdentifier.builder().key(key).build());
            if (doomed.size() == MOST_DELETED_AT_ONCE) {
                deleteSome(doomed);
            }
        }
        deleteSome(doomed);
    }

    private void deleteSome(List<ObjectIdentifier> doomed) {
        if (!doomed.isEmpty()) {
            List<ObjectIdentifier> now = List.copyOf(doomed);
            client.deleteObjects(request -> request.bucket(name).delete(those -> those.objects(now)));
            doomed.clear();
        }
    }

    /** Empties and deletes it. */
    @Override
    public void close() {
        delete(List.copyOf(objects("").keySet()));
        client.deleteBucket(request -> request.bucket(name));
        client.close();
    }
}
