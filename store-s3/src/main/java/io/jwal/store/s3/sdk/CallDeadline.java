package io.jwal.store.s3.sdk;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.retries.api.RetryToken;

/**
 * A call's place in the SDK's retry strategy, and the time that it has.
 *
 * @param token what the SDK's own strategy knows of the call
 * @param started when it began, of {@link System#nanoTime}
 * @param garbled when it first met an answer that does not say anything, or null
 */
record CallDeadline(
        RetryToken token, long started, @Nullable Long garbled) implements RetryToken {
    CallDeadline at(RetryToken next) {
        return new CallDeadline(next, started, garbled);
    }

    CallDeadline garbledAt(long now) {
        return garbled == null ? new CallDeadline(token, started, now) : this;
    }
}
