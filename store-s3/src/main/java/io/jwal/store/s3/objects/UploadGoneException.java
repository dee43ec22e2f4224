package io.jwal.store.s3.objects;

import io.jwal.store.StoreException;

/**
 * An upload is gone: the storage has let it expire, or somebody has aborted it. None of its pieces is worth anything any
 * more; it can be begun anew.
 */
public final class UploadGoneException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message what happened, where, and what to do next
     */
    public UploadGoneException(String message) {
        super(message);
    }

    /**
     * Says what happened and why.
     *
     * @param message what happened, where, and what to do next
     * @param cause the failure behind it
     */
    public UploadGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
