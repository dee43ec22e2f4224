package io.jwal.store.s3.sdk;

import io.jwal.store.StoreException;
import io.jwal.store.StoreFullException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Explains an error that the server answered with. */
final class ServiceTrouble {
    private static final int NO_SPACE = 507;
    private static final int MOVED = 301;
    private static final int FORBIDDEN = 403;

    private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([a-z0-9-]{1,40})'");

    private final SdkSettings settings;

    ServiceTrouble(SdkSettings settings) {
        this.settings = settings;
    }

    IOException explain(Asked asked, AwsServiceException e) {
        return isFull(e)
                ? new StoreFullException(
                        asked.failed() + "no space left on " + settings.server() + "; free space there, or let go of"
                                + " old entries with truncateBefore, and open the log again" + answer(e),
                        e)
                : new StoreException(asked.failed() + reason(asked, e) + answer(e), e);
    }

    private static boolean isFull(AwsServiceException e) {
        return switch (Refusals.code(e)) {
            case "XMinioStorageFull",
                    "XMinioBackendDown.StorageFull",
                    "InsufficientStorage",
                    "InsufficientStorageSpace",
                    "QuotaExceeded",
                    "XMinioAdminBucketQuotaExceeded" -> true;
            default -> e.statusCode() == NO_SPACE;
        };
    }

    private String reason(Asked asked, AwsServiceException e) {
        String bucket = "bucket \"" + settings.bucket() + "\"";
        return switch (Refusals.code(e)) {
            case "NoSuchBucket" ->
                "there is no " + bucket + " on " + settings.server() + "; create it, or correct the option \"bucket\"";
            case "AccessDenied", "AllAccessDisabled", "AccountProblem" -> denied(asked);
            case "InvalidAccessKeyId" -> settings.server() + " does not know the access key; correct the credentials";
            case "SignatureDoesNotMatch" ->
                "the secret key does not fit the access key, or a proxy changed the request; correct the credentials";
            case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired" ->
                "the credentials have expired, and those fetched anew as well; renew them at their source";
            case "InvalidToken", "InvalidTokenException" -> "the session token is not valid; correct the credentials";
            case "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture" ->
                "the clock of this machine is off, and the server's could not be learnt; set the clock";
            case "PermanentRedirect",
                    "TemporaryRedirect",
                    "AuthorizationHeaderMalformed",
                    "IllegalLocationConstraint" -> wrongRegion(bucket, e);
            case "SlowDown", "ServiceUnavailable", "RequestLimitExceeded", "TooManyRequests", "Throttling" ->
                settings.server() + " asked for fewer requests until the time was over; see who else uses the " + bucket
                        + ", or raise the option \"timeout\"";
            case "NotImplemented" ->
                settings.server() + " does not know this request; use a server that does, docs/s3.md has a list";
            case "ConditionalRequestConflict", "OperationAborted" ->
                "other requests for it were under way until the time was over; find out who else writes there";
            default -> byStatus(asked, bucket, e);
        };
    }

    private String byStatus(Asked asked, String bucket, AwsServiceException e) {
        if (e.statusCode() == MOVED) {
            return wrongRegion(bucket, e);
        }
        if (e.statusCode() == FORBIDDEN) {
            return denied(asked);
        }
        return e.statusCode() >= 500
                ? settings.server() + " failed until the time was over; look at its health, and try again"
                : settings.server() + " refused; what it said tells why";
    }

    private String denied(Asked asked) {
        return "access denied; allow " + asked.permission()
                + (settings.kmsKey() == null
                        ? ""
                        : ", and kms:GenerateDataKey and kms:Decrypt of the key " + settings.kmsKey());
    }

    private String wrongRegion(String bucket, AwsServiceException e) {
        String configured = settings.region() == null ? "the one used" : "\"" + settings.region() + "\"";
        return "the " + bucket + " is in another region than " + configured + "; set the option \"region\" to "
                + rightRegion(e).map(region -> "\"" + region + "\"").orElse("the bucket's own");
    }

    private static Optional<String> rightRegion(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        if (details == null) {
            return Optional.empty();
        }
        Optional<String> header = details.sdkHttpResponse() == null
                ? Optional.empty()
                : details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
        if (header.isPresent() || details.errorMessage() == null) {
            return header;
        }
        Matcher matcher = EXPECTED_REGION.matcher(details.errorMessage());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** What the server said, for whoever has to look further. */
    private static String answer(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String said = details == null || details.errorMessage() == null ? "" : ": " + details.errorMessage();
        String request = e.requestId() == null ? "" : ", request " + e.requestId();
        String attempts = e.numAttempts() == null || e.numAttempts() < 2 ? "" : ", attempt " + e.numAttempts();
        return " (HTTP " + e.statusCode() + " " + Refusals.code(e) + said + request + attempts + ")";
    }
}
