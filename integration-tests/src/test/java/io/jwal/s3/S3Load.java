package io.jwal.s3;

import io.jwal.Cursor;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Fills a log on S3 and scans it, in a process with a small heap, and fetches the same objects with nothing but the SDK in
 * the same run; says how fast each was.
 */
final class S3Load {
    private static final int ENTRY = 1_000;
    private static final int BATCH = 4_000;
    private static final int BLOCK = 1 << 20;

    private S3Load() {}

    /** Arguments: the configuration, how many MiB, and how to reach the bucket: endpoint, region, keys, bucket, prefix. */
    public static void main(String[] arguments) {
        WalConfig config = WalConfig.load(Path.of(arguments[0]));
        long bytes = Long.parseLong(arguments[1]) << 20;
        String bucket = arguments[6];
        try (S3Client client = client(arguments)) {
            System.out.printf("filled: log %.1f MB/s%n", fill(config, bytes));
            double scan = 0;
            double plainScan = 0;
            for (int round = 1; round <= 3; round++) {
                scan = Math.max(scan, scan(config, bytes));
                plainScan = Math.max(plainScan, scanPlainly(client, bucket, arguments[7]));
            }
            System.out.printf(
                    "scanned: log %.1f MB/s, bare SDK %.1f MB/s, ratio %.2f%n", scan, plainScan, scan / plainScan);
        }
        System.out.println("DONE");
    }

    private static S3Client client(String[] arguments) {
        return S3Client.builder()
                .endpointOverride(URI.create(arguments[2]))
                .region(Region.of(arguments[3]))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(arguments[4], arguments[5])))
                .forcePathStyle(true)
                .build();
    }

    private static double fill(WalConfig config, long bytes) {
        byte[] entry = new byte[ENTRY];
        long start = System.nanoTime();
        try (Wal wal = JWal.open(config)) {
            List<byte[]> batch = new ArrayList<>(BATCH);
            for (long done = 0; done < bytes; done += ENTRY) {
                batch.add(stamped(entry, done / ENTRY + 1));
                if (batch.size() == BATCH) {
                    wal.appendAllAsync(batch);
                    batch = new ArrayList<>(BATCH);
                }
            }
            wal.appendAll(batch);
        }
        return rate(bytes, start);
    }

    private static byte[] stamped(byte[] entry, long index) {
        byte[] stamped = entry.clone();
        ByteBuffer.wrap(stamped).putLong(0, index).putLong(ENTRY - Long.BYTES, ~index);
        return stamped;
    }

    private static double scan(WalConfig config, long bytes) {
        long start = System.nanoTime();
        long expected = 1;
        try (WalReader reader = JWal.openReader(config);
                Cursor cursor = reader.cursor(1)) {
            while (cursor.next()) {
                ByteBuffer entry = cursor.entry();
                if (entry.getLong(0) != expected || entry.getLong(ENTRY - Long.BYTES) != ~expected) {
                    throw new IllegalStateException("wrong at index " + expected);
                }
                expected++;
            }
        }
        if ((expected - 1) * ENTRY < bytes) {
            throw new IllegalStateException("ended before index " + expected);
        }
        return rate(bytes, start);
    }

    /** The same objects, block by block, one after the other. Nothing verifies a range: the log does, and more. */
    private static double scanPlainly(S3Client client, String bucket, String prefix) {
        long bytes = 0;
        long start = System.nanoTime();
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
        return rate(bytes, start);
    }

    private static double rate(long bytes, long start) {
        return bytes / 1e6 / ((System.nanoTime() - start) / 1e9);
    }
}
