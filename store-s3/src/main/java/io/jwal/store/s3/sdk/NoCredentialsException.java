package io.jwal.store.s3.sdk;

import software.amazon.awssdk.core.exception.SdkClientException;

/** No source of credentials has any; without this type the failure could be told by its words only. */
final class NoCredentialsException extends SdkClientException {
    private static final long serialVersionUID = 1L;

    NoCredentialsException(SdkClientException cause) {
        super(SdkClientException.builder().message(cause.getMessage()).cause(cause));
    }
}
