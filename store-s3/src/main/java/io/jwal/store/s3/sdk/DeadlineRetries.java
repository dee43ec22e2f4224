package io.jwal.store.s3.sdk;

import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * The SDK's standard strategy, bounded by time: a call is repeated until its deadline, and fails with what went wrong
 * last. (The SDK's own deadline ends a call with "did not complete", whatever the reason. It still ends an attempt that
 * runs when the time is over.)
 */
final class DeadlineRetries implements RetryStrategy {
    /** A bound that the deadline reaches first. */
    private static final int MOST_ATTEMPTS = 1_000;

    private static final BackoffStrategy BACKOFF =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofSeconds(5));
    private static final BackoffStrategy THROTTLED =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(500), Duration.ofSeconds(10));

    /** A server that has never answered is more likely misnamed than down. */
    private static final Duration FIRST_CONTACT = Duration.ofSeconds(10);

    private final RetryStrategy standard;
    private final Duration timeout;
    private volatile boolean answered;

    DeadlineRetries(Duration timeout) {
        this.timeout = timeout;
        // No circuit breaker: it would end calls before their deadline because others failed
        this.standard = AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(MOST_ATTEMPTS)
                .circuitBreakerEnabled(false)
                .backoffStrategy(BACKOFF)
                .throttlingBackoffStrategy(THROTTLED)
                .retryOnException(DeadlineRetries::isConflict)
                .retryOnException(DeadlineRetries::isCutShort)
                .build();
    }

    /** Another request for the same key is under way; S3 asks to try again. */
    private static boolean isConflict(Throwable failure) {
        return failure instanceof AwsServiceException service && Refusals.isConflict(service);
    }

    /**
     * An error whose body broke off before it said which: that of an absent object looks like any other 404. One without
     * any body is the answer to a HEAD.
     */
    private static boolean isCutShort(Throwable failure) {
        if (!(failure instanceof AwsServiceException service)
                || !Refusals.code(service).isEmpty()) {
            return false;
        }
        AwsErrorDetails details = service.awsErrorDetails();
        if (details == null || details.rawResponse() == null || details.sdkHttpResponse() == null) {
            return false;
        }
        int received = details.rawResponse().asByteArrayUnsafe().length;
        return received > 0
                && details.sdkHttpResponse()
                        .firstMatchingHeader("Content-Length")
                        .filter(length -> !length.equals(Integer.toString(received)))
                        .isPresent();
    }

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        AcquireInitialTokenResponse response = standard.acquireInitialToken(request);
        return AcquireInitialTokenResponse.create(
                new CallDeadline(response.token(), System.nanoTime()), response.delay());
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        CallDeadline call = (CallDeadline) request.token();
        Throwable failure = request.failure();
        if (failure instanceof AwsServiceException) {
            answered = true;
        }
        if (isHopeless(failure)) {
            throw new TokenAcquisitionFailedException("it would fail again", call, failure);
        }
        RefreshRetryTokenResponse next =
                standard.refreshRetryToken(request.copy(builder -> builder.token(call.token())));
        Duration spent = Duration.ofNanos(System.nanoTime() - call.started());
        if (spent.plus(next.delay()).compareTo(patience(failure)) >= 0) {
            throw new TokenAcquisitionFailedException("the time is over", call, failure);
        }
        return RefreshRetryTokenResponse.create(call.at(next.token()), next.delay());
    }

    private static boolean isHopeless(Throwable failure) {
        return Causes.has(failure, CertificateException.class) || Causes.has(failure, SSLPeerUnverifiedException.class);
    }

    private Duration patience(Throwable failure) {
        return ConnectionTrouble.isUnreachable(failure) && !answered && timeout.compareTo(FIRST_CONTACT) > 0
                ? FIRST_CONTACT
                : timeout;
    }

    @Override
    public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
        answered = true;
        CallDeadline call = (CallDeadline) request.token();
        RecordSuccessResponse response = standard.recordSuccess(RecordSuccessRequest.create(call.token()));
        return RecordSuccessResponse.create(call.at(response.token()));
    }

    @Override
    public int maxAttempts() {
        return standard.maxAttempts();
    }

    @Override
    public Builder<?, ?> toBuilder() {
        throw new UnsupportedOperationException("made for one client, not to be changed");
    }
}
