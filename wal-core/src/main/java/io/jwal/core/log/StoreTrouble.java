package io.jwal.core.log;

import io.jwal.CorruptLogException;
import io.jwal.StoreFailedException;
import io.jwal.WalException;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.StoreCorruptException;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where it is told to the user that the store could not do something. */
final class StoreTrouble {
    private StoreTrouble() {}

    /**
     * Whether something could not be read, which may go by. What is missing, too short or known to be damaged does not.
     *
     * @param cause why not
     */
    static boolean mayGoBy(@Nullable Throwable cause) {
        return cause instanceof IOException
                && !(cause instanceof StoreCorruptException)
                && !(cause instanceof SegmentNotFoundException)
                && !(cause instanceof EOFException);
    }

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
