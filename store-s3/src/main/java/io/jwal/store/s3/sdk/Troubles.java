package io.jwal.store.s3.sdk;

import io.jwal.store.StoreException;
import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Says what a failed request means for the log, and what to do. */
final class Troubles {
    private final ServiceTrouble service;
    private final ConnectionTrouble connection;

    Troubles(SdkSettings settings) {
        this.service = new ServiceTrouble(settings);
        this.connection = new ConnectionTrouble(settings);
    }

    /** Explains a failure of the SDK, or of what reads its answers. */
    IOException explain(Asked asked, RuntimeException failure) {
        if (failure instanceof AwsServiceException answer) {
            return service.explain(asked, answer);
        }
        return Causes.find(failure, UnusableAnswerException.class)
                .<IOException>map(unusable -> new StoreException(asked.failed() + unusable.getMessage(), failure))
                .orElseGet(() -> connection.explain(asked, failure));
    }
}
