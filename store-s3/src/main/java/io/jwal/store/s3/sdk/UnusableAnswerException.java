package io.jwal.store.s3.sdk;

/** The server answered something that asking again would not change, and that cannot be used. */
final class UnusableAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableAnswerException(String message) {
        super(message);
    }
}
