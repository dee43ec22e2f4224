package io.jwal.store.s3.sdk;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What an error answer says, where that is an outcome and no failure. */
final class Refusals {
    static final int NOT_FOUND = 404;
    private static final int NOT_MODIFIED = 304;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /** Also sent while a bucket is being created or deleted. */
    private static final Set<String> CONFLICTS = Set.of("ConditionalRequestConflict", "OperationAborted");

    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");

    private Refusals() {}

    /** The server's word for it; empty if the answer has none. */
    static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    /** Also by its code: a completion that takes long is answered with 200 and an error behind it. */
    static boolean isConditionFailed(AwsServiceException e) {
        return e.statusCode() == PRECONDITION_FAILED || code(e).equals("PreconditionFailed");
    }

    static boolean isUnchanged(AwsServiceException e) {
        return e.statusCode() == NOT_MODIFIED;
    }

    static boolean isOutOfRange(AwsServiceException e) {
        return e.statusCode() == RANGE_NOT_SATISFIABLE;
    }

    /** By its code: the 404 of a proxy, or of a bucket that is gone, does not say that an object is absent. */
    static boolean isAbsent(AwsServiceException e) {
        return code(e).equals("NoSuchKey");
    }

    static boolean isUploadGone(AwsServiceException e) {
        return code(e).equals("NoSuchUpload");
    }

    static boolean isNotImplemented(AwsServiceException e) {
        return code(e).equals("NotImplemented");
    }

    static boolean isConflict(AwsServiceException e) {
        return CONFLICTS.contains(code(e));
    }

    static boolean isExpired(AwsServiceException e) {
        return EXPIRED.contains(code(e));
    }
}
