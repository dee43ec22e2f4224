package io.jwal.core.log;

import io.jwal.CorruptLogException;
import io.jwal.StoreFailedException;
import io.jwal.WalException;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;

/** Where it is told to the user that the store could not do something. */
final class StoreTrouble {
    private StoreTrouble() {}

    /**
     * A failure of the store.
     *
     * @param what what could not be done
     * @param next what to do when the cause is mended; not said of damage, whose message says what helps
     */
    static WalException of(String what, String next, IOException cause) {
        String why = what + ": " + cause.getMessage();
        return cause instanceof StoreCorruptException
                ? new CorruptLogException(why + "; nothing was changed", cause)
                : new StoreFailedException(why + "; " + next, cause);
    }
}
