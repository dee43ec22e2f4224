package io.jwal.store.s3.sdk;

import software.amazon.awssdk.retries.api.RetryToken;

/**
 * A call's place in the SDK's retry strategy, and the time that it has.
 *
 * @param token what the SDK's own strategy knows of the call
 * @param started when it began, of {@link System#nanoTime}
 */
record CallDeadline(RetryToken token, long started) implements RetryToken {
    CallDeadline at(RetryToken next) {
        return new CallDeadline(next, started);
    }
}
