package io.jwal.s3.servers;

import io.jwal.s3.servers.http.HttpHeaders;
import io.jwal.s3.servers.http.HttpWire;
import java.time.Instant;
import java.util.Map;

/**
 * An object.
 *
 * @param etag with its quotes
 * @param kept the headers that came with it and go with it
 * @param checksumType FULL_OBJECT or COMPOSITE
 */
record StoredObject(
        Blob blob,
        String etag,
        Instant modified,
        Map<String, String> kept,
        Map<ChecksumAlgorithm, String> checksums,
        String checksumType) {

    boolean matches(String condition) {
        return condition.equals("*") || unquoted(condition).equals(unquoted(etag));
    }

    StoredObject withBlob(Blob other) {
        return new StoredObject(other, etag, modified, kept, checksums, checksumType);
    }

    static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    void describe(HttpHeaders headers) {
        headers.set("ETag", etag);
        headers.set("Last-Modified", HttpWire.date(modified));
        headers.set("Accept-Ranges", "bytes");
        headers.set("Content-Type", "binary/octet-stream");
        kept.forEach(headers::set);
    }

    void addChecksums(HttpHeaders headers) {
        checksums.forEach((algorithm, value) -> headers.set(algorithm.header(), value));
        if (!checksums.isEmpty()) {
            headers.set("x-amz-checksum-type", checksumType);
        }
    }
}
