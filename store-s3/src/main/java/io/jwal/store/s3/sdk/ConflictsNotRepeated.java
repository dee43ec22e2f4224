package io.jwal.store.s3.sdk;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/** The client's strategy for a call that its caller begins anew, in another way, when it meets a conflict. */
final class ConflictsNotRepeated implements RetryStrategy {
    /** For the one request that it is given to. */
    static final SdkPlugin PLUGIN = ConflictsNotRepeated::configure;

    private final RetryStrategy usual;

    private ConflictsNotRepeated(RetryStrategy usual) {
        this.usual = usual;
    }

    private static void configure(SdkServiceClientConfiguration.Builder client) {
        RetryStrategy usual = client.overrideConfiguration().retryStrategy().orElseThrow();
        client.overrideConfiguration(client.overrideConfiguration()
                .copy(override -> override.retryStrategy(new ConflictsNotRepeated(usual))));
    }

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        return usual.acquireInitialToken(request);
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        if (request.failure() instanceof AwsServiceException service && Refusals.isConflict(service)) {
            throw new TokenAcquisitionFailedException("it is begun anew", request.token(), request.failure());
        }
        return usual.refreshRetryToken(request);
    }

    @Override
    public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
        return usual.recordSuccess(request);
    }

    @Override
    public int maxAttempts() {
        return usual.maxAttempts();
    }

    @Override
    public Builder<?, ?> toBuilder() {
        return usual.toBuilder();
    }
}
