package io.jwal.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what names a bucket, and where in it the log is. */
final class S3Names {
    /** Also older rules, and those of other servers: what they refuse they say. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");

    /** An access point stands for a bucket. */
    private static final String ARN = "arn:";

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    /** A key has 1,024 bytes at most; the rest is for what the log writes. */
    private static final int LONGEST_PREFIX = 800;

    private S3Names() {}

    static String bucket(String bucket) {
        if (bucket.toLowerCase(Locale.ROOT).startsWith("s3://")) {
            throw new IllegalArgumentException("bucket \"" + bucket + "\" is a URL; write the bucket's name alone, such"
                    + " as \"logs\", and the rest as \"prefix\"");
        }
        if (!bucket.startsWith(ARN) && !BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "bucket \"" + bucket + "\" is no bucket's name; it has 3 letters or more:"
                            + " a-z, 0-9, dots and hyphens, such as \"logs\"");
        }
        return bucket;
    }

    /** The prefix with the slash at its end. */
    static String prefix(@Nullable String prefix) {
        if (prefix == null || prefix.isEmpty()) {
            return "";
        }
        String whole = prefix.endsWith("/") ? prefix : prefix + "/";
        String problem = problem(whole);
        if (problem != null) {
            throw new IllegalArgumentException(
                    "prefix \"" + prefix + "\" " + problem + "; write something such as \"orders/\"");
        }
        return whole;
    }

    private static @Nullable String problem(String prefix) {
        if (prefix.getBytes(UTF_8).length > LONGEST_PREFIX) {
            return "is longer than " + LONGEST_PREFIX + " bytes";
        }
        if (prefix.chars().anyMatch(Character::isISOControl)) {
            return "has a control character";
        }
        for (String part : prefix.substring(0, prefix.length() - 1).split("/", -1)) {
            if (part.isEmpty()) {
                return prefix.startsWith("/") ? "begins with a slash" : "has an empty part";
            }
            if (part.equals(".") || part.equals("..")) {
                return "has a part \"" + part + "\", which servers resolve";
            }
        }
        return null;
    }

    static @Nullable String region(@Nullable String region) {
        if (region != null && !REGION.matcher(region).matches()) {
            throw new IllegalArgumentException(
                    "region \"" + region + "\" is no region's name; write one such as \"eu-west-1\"");
        }
        return region;
    }

    static @Nullable String endpoint(@Nullable String endpoint) {
        if (endpoint != null) {
            String problem = endpointProblem(endpoint);
            if (problem != null) {
                throw new IllegalArgumentException(problem + "; write scheme, host and port, such as"
                        + " \"http://localhost:9000\" or \"https://storage.example.com\"");
            }
        }
        return endpoint;
    }

    /** What it may hold of a password is not repeated. */
    private static @Nullable String endpointProblem(String endpoint) {
        URI uri;
        try {
            uri = new URI(endpoint);
        } catch (URISyntaxException e) {
            return "endpoint is no URL (" + e.getReason() + ")";
        }
        // Without a scheme what stands before the host is not told apart
        if (endpoint.contains("@")) {
            return "endpoint holds a user or password; write these as \"accessKey\" and \"secretKey\"";
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            return "endpoint \"" + endpoint + "\" begins with neither http:// nor https://";
        }
        if (uri.getHost() == null) {
            return "endpoint \"" + endpoint + "\" names no host";
        }
        return uri.getRawQuery() != null || uri.getRawFragment() != null
                ? "endpoint \"" + endpoint + "\" has more than a host and a path"
                : null;
    }
}
