package io.jwal.s3.servers;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may do what. Signatures are not computed: whose they claim to be is enough to tell right from wrong. */
final class FakeAccess {
    private static final Duration MAX_SKEW = Duration.ofMinutes(15);
    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/,]+)/(\\d{8})/([^/]+)/s3/aws4_request,.*");
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    final Set<String> known = ConcurrentHashMap.newKeySet();
    final Set<String> expired = ConcurrentHashMap.newKeySet();
    final Set<S3Operation> denied = ConcurrentHashMap.newKeySet();

    private final String region;

    FakeAccess(String region) {
        this.region = region;
    }

    void check(S3Request request, Instant now) throws S3Error {
        Matcher authorization =
                AUTHORIZATION.matcher(request.headers().first("Authorization").orElse(""));
        if (!authorization.matches()) {
            throw new S3Error(403, "AccessDenied", "Access Denied");
        }
        String accessKey = authorization.group(1);
        if (expired.contains(accessKey)) {
            throw new S3Error(400, "ExpiredToken", "The provided token has expired.");
        }
        if (!known.contains(accessKey)) {
            throw new S3Error(
                            403,
                            "InvalidAccessKeyId",
                            "The AWS Access Key Id you provided does not exist in our records.")
                    .with("AWSAccessKeyId", accessKey);
        }
        String signedRegion = authorization.group(3);
        if (!signedRegion.equals(region)) {
            throw new S3Error(
                            400,
                            "AuthorizationHeaderMalformed",
                            "The authorization header is malformed; the region '" + signedRegion
                                    + "' is wrong; expecting '" + region + "'")
                    .with("Region", region)
                    .withHeader("x-amz-bucket-region", region);
        }
        checkTime(request, now);
        if (denied.contains(request.operation())) {
            throw new S3Error(403, "AccessDenied", "Access Denied");
        }
    }

    private static void checkTime(S3Request request, Instant now) throws S3Error {
        String date = request.headers().first("x-amz-date").orElse("");
        Instant signed;
        try {
            signed = LocalDateTime.parse(date, AMZ_DATE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new S3Error(403, "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
        }
        if (Duration.between(signed, now).abs().compareTo(MAX_SKEW) > 0) {
            throw new S3Error(
                            403,
                            "RequestTimeTooSkewed",
                            "The difference between the request time and the current time is too large.")
                    .with("RequestTime", date)
                    .with("ServerTime", now.toString())
                    .with("MaxAllowedSkewMilliseconds", "" + MAX_SKEW.toMillis());
        }
    }
}
