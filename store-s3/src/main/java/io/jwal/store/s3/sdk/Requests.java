package io.jwal.store.s3.sdk;

import io.jwal.store.StoreException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Sends requests, counts them, and says what went wrong. */
final class Requests implements AutoCloseable {
    private final RequestCounts counts = new RequestCounts();
    private final SdkSettings settings;
    private final Troubles troubles;
    private final RenewableCredentials credentials;
    private final LazyClient client;

    /** What is asked of the client; what it throws is explained, unless the call takes it for an outcome. */
    interface Call<T> {
        T on(S3Client client) throws IOException;
    }

    Requests(SdkSettings settings) {
        this.settings = settings;
        this.troubles = new Troubles(settings);
        this.credentials = new RenewableCredentials(settings.credentials());
        this.client = new LazyClient(settings, credentials, counts);
    }

    <T> T ask(Asked asked, Call<T> call) throws IOException {
        try {
            return askTwice(call);
        } catch (SdkException | UnusableAnswerException | RejectedExecutionException | IllegalStateException e) {
            // The last two are what the SDK's parts say when they are closed while they are used
            throw client.isClosed()
                    ? new StoreException(asked.failed() + "the storage was closed meanwhile; open it again", e)
                    : troubles.explain(asked, e);
        }
    }

    /** Within a call the SDK signs each attempt with the same credentials, so that these take a new one. */
    private <T> T askTwice(Call<T> call) throws IOException {
        AwsCredentialsProvider used = credentials.source();
        try {
            return call.on(client.get());
        } catch (AwsServiceException e) {
            if (!Refusals.isExpired(e)) {
                throw e;
            }
            credentials.renew(used);
            return call.on(client.get());
        }
    }

    /** Where an object is, for people. */
    String describe(String key) {
        return "s3://" + settings.bucket() + (key.isEmpty() ? "" : "/" + key);
    }

    Asked asked(String action, String key, String permission) {
        return new Asked(action, describe(key), permission);
    }

    Map<String, Long> counters() {
        return counts.snapshot();
    }

    @Override
    public void close() {
        client.close();
        credentials.close();
    }
}
