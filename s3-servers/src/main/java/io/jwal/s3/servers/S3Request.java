package io.jwal.s3.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.s3.servers.http.HttpHeaders;
import io.jwal.s3.servers.http.HttpRequest;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request as S3 understands it, without its body.
 *
 * @param operation what it asks for
 * @param bucket the bucket; empty if it names none
 * @param key the key; empty if it is about the bucket
 * @param query its parameters, decoded
 * @param headers its headers
 */
public record S3Request(
        S3Operation operation, String bucket, String key, Map<String, String> query, HttpHeaders headers) {

    static S3Request of(HttpRequest request) {
        String path = decode(request.rawPath().replace("+", "%2B"));
        int slash = path.indexOf('/', 1);
        String bucket = path.substring(Math.min(1, path.length()), slash < 0 ? path.length() : slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        Map<String, String> query = query(request.rawQuery());
        return new S3Request(S3Operation.of(request, key, query), bucket, key, query, request.headers());
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty() && !name.equals("x-id")) { // x-id: a client's note to itself
                query.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return Map.copyOf(query);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    /** Operation, bucket and key. */
    @Override
    public String toString() {
        return operation + " " + bucket + (key.isEmpty() ? "" : "/" + key);
    }
}
