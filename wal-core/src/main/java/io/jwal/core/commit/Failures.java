package io.jwal.core.commit;

import io.jwal.FencedException;
import io.jwal.OutcomeUnknownException;
import io.jwal.WalClosedException;
import io.jwal.WalException;
import io.jwal.WalFailedException;

/** Gives every caller of a shared failure an exception with its own stack trace. */
final class Failures {
    private Failures() {}

    static WalException copy(WalException shared) {
        if (shared instanceof OutcomeUnknownException) {
            return new OutcomeUnknownException(message(shared), shared.getCause());
        }
        if (shared instanceof WalFailedException) {
            return new WalFailedException(message(shared), shared.getCause());
        }
        if (shared instanceof FencedException fenced) {
            return new FencedException(fenced.epoch(), fenced.newerEpoch(), fenced.getCause());
        }
        return shared instanceof WalClosedException ? new WalClosedException("the log") : shared;
    }

    private static String message(WalException shared) {
        return String.valueOf(shared.getMessage());
    }
}
