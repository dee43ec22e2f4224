package io.jwal.store.s3.sdk;

import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.HttpStatusCode;
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

    /** What is spoilt once is not spoilt again and again: more likely something else answers. */
    private static final Duration GARBLED = Duration.ofSeconds(1);

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
                .retryOnException(DeadlineRetries::isGarbled)
                .build();
    }

    /** Another request for the same key is under way; S3 asks to try again. */
    private static boolean isConflict(Throwable failure) {
        return failure instanceof AwsServiceException service && Refusals.isConflict(service);
    }

    /**
     * An error with a body that does not say which: spoilt on its way, or not from an S3. Without its code that of an absent
     * object looks like any other 404. (One without any body answers a HEAD. That nothing has changed is told without one,
     * too, but the SDK makes one up.)
     */
    private static boolean isGarbled(Throwable failure) {
        if (!(failure instanceof AwsServiceException service)
                || service.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR
                || Refusals.isUnchanged(service)
                || !Refusals.code(service).isEmpty()) {
            return false;
        }
        AwsErrorDetails details = service.awsErrorDetails();
        return details != null
                && details.rawResponse() != null
                && details.rawResponse().asByteArrayUnsafe().length > 0;
    }

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        AcquireInitialTokenResponse response = standard.acquireInitialToken(request);
        return AcquireInitialTokenResponse.create(
                new CallDeadline(response.token(), System.nanoTime(), null), response.delay());
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        long now = System.nanoTime();
        Throwable failure = request.failure();
        CallDeadline before = (CallDeadline) request.token();
        CallDeadline call = isGarbled(failure) ? before.garbledAt(now) : before;
        if (failure instanceof AwsServiceException) {
            answered = true;
        }
        if (isHopeless(failure)) {
            throw new TokenAcquisitionFailedException("it would fail again", call, failure);
        }
        RefreshRetryTokenResponse next =
                standard.refreshRetryToken(request.copy(builder -> builder.token(call.token())));
        if (isOver(call, failure, now + next.delay().toNanos())) {
            throw new TokenAcquisitionFailedException("the time is over", call, failure);
        }
        return RefreshRetryTokenResponse.create(call.at(next.token()), next.delay());
    }

    private static boolean isHopeless(Throwable failure) {
        return Causes.has(failure, CertificateException.class) || Causes.has(failure, SSLPeerUnverifiedException.class);
    }

    /** However long the attempt took whose answer was spoilt, there is another one. */
    private boolean isOver(CallDeadline call, Throwable failure, long then) {
        Long garbled = call.garbled();
        return then - call.started() >= patience(failure).toNanos()
                || (isGarbled(failure) && garbled != null && then - garbled >= GARBLED.toNanos());
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
