package io.jwal.s3.servers;

import java.time.Duration;

/**
 * What goes wrong with a request or its answer.
 *
 * @param kind what it is
 * @param carriedOut whether the server carries the request out before it goes wrong
 * @param status of the answer, of {@link Kind#ANSWER}
 * @param code of the answer's error, of {@link Kind#ANSWER}
 * @param delay of {@link Kind#DELAY}
 * @param offset in the answer's body, of {@link Kind#CUT} and {@link Kind#FLIP}
 */
public record Fault(Kind kind, boolean carriedOut, int status, String code, Duration delay, long offset) {
    /** The ways in which things go wrong. */
    public enum Kind {
        /** The connection ends without an answer. */
        DROP,
        /** Another answer comes. */
        ANSWER,
        /** The request waits. */
        DELAY,
        /** The answer's body ends too early, and so does the connection. */
        CUT,
        /** A byte of the answer's body is another one. */
        FLIP,
        /** The checksum in the answer's headers is not the body's. */
        WRONG_CHECKSUM,
        /** The request waits until a later one has passed. */
        REORDER
    }

    private static Fault of(Kind kind, boolean carriedOut, long offset) {
        return new Fault(kind, carriedOut, 0, "", Duration.ZERO, offset);
    }

    /**
     * The connection ends before the server has seen the request.
     *
     * @return the fault
     */
    public static Fault dropRequest() {
        return of(Kind.DROP, false, 0);
    }

    /**
     * The connection ends after the server has carried the request out.
     *
     * @return the fault
     */
    public static Fault dropAnswer() {
        return of(Kind.DROP, true, 0);
    }

    /**
     * An error instead of what was asked for, which does not happen. A status of 200 makes an error of the kind that S3
     * sends when it has begun its answer too early.
     *
     * @param status 409, 412, 500, 503 and so on
     * @param code S3's word for it, such as {@code SlowDown}
     * @return the fault
     */
    public static Fault answer(int status, String code) {
        return new Fault(Kind.ANSWER, false, status, code, Duration.ZERO, 0);
    }

    /**
     * An error although the server has carried the request out.
     *
     * @param status 409, 412, 500, 503 and so on
     * @param code S3's word for it
     * @return the fault
     */
    public static Fault answerAfter(int status, String code) {
        return new Fault(Kind.ANSWER, true, status, code, Duration.ZERO, 0);
    }

    /**
     * The request waits before the server sees it.
     *
     * @param delay how long
     * @return the fault
     */
    public static Fault delay(Duration delay) {
        return new Fault(Kind.DELAY, false, 0, "", delay, 0);
    }

    /**
     * The answer ends within its body.
     *
     * @param length after how many bytes of it
     * @return the fault
     */
    public static Fault cutBody(long length) {
        return of(Kind.CUT, true, length);
    }

    /**
     * The lowest bit of a byte of the answer's body is flipped.
     *
     * @param offset of the byte
     * @return the fault
     */
    public static Fault flipBody(long offset) {
        return of(Kind.FLIP, true, offset);
    }

    /**
     * The answer names a checksum that its body does not have.
     *
     * @return the fault
     */
    public static Fault wrongChecksum() {
        return of(Kind.WRONG_CHECKSUM, true, 0);
    }

    /**
     * The request waits until another one that the rule matches has passed, though not for ever.
     *
     * @return the fault
     */
    public static Fault reorder() {
        return of(Kind.REORDER, false, 0);
    }
}
