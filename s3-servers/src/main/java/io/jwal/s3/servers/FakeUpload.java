package io.jwal.s3.servers;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An upload in parts that is not finished.
 *
 * @param kept the headers that the object will have
 * @param algorithm of the object's checksum, if it was asked for
 * @param parts by their number
 */
record FakeUpload(
        String id,
        String key,
        Instant initiated,
        Map<String, String> kept,
        @Nullable ChecksumAlgorithm algorithm,
        String checksumType,
        TreeMap<Integer, Part> parts) {

    /** One part. */
    record Part(Blob blob, String md5, Instant modified, Map<ChecksumAlgorithm, String> checksums) {
        String etag() {
            return '"' + md5 + '"';
        }
    }
}
