package io.jwal.store.s3.sdk;

import org.jspecify.annotations.Nullable;

/** What an answer must hold. */
final class Answers {
    private Answers() {}

    static String tag(@Nullable String tag) {
        return need(tag, "ETag");
    }

    static <T> T need(@Nullable T value, String name) {
        if (value == null) {
            throw new UnusableAnswerException(
                    "the server's answer has no " + name
                            + ", without which nothing can be replaced safely; use a server, and proxies before it, that send it");
        }
        return value;
    }
}
