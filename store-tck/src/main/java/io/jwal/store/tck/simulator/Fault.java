package io.jwal.store.tck.simulator;

import io.jwal.store.StoreFullException;
import java.io.IOException;

/**
 * How a call fails. Start from {@link #ioError()} or {@link #full()}:
 * {@code Fault.ioError().after(Effect.COMPLETE).forGood()}.
 *
 * @param kind which exception is thrown
 * @param effect how much of the call has happened before it is thrown
 * @param lasting whether every later call of the operation fails as well
 */
public record Fault(Kind kind, Effect effect, boolean lasting) {
    /** Which exception a fault throws. */
    public enum Kind {
        /** A plain {@link IOException}: the outcome of a change is unknown. */
        IO_ERROR,
        /** {@link StoreFullException}. */
        FULL
    }

    /** How much of a call happens before it fails. */
    public enum Effect {
        /** Nothing. */
        NONE,
        /**
         * Half: of an append the first half of its bytes, of a sync half of what it should have made durable, of a seal
         * the sync without the seal, of a read half of the bytes. Of anything else nothing: it is atomic.
         */
        PARTIAL,
        /** All of it: only the answer is lost. */
        COMPLETE
    }

    /**
     * A device error, once, before anything happened.
     *
     * @return the fault
     */
    public static Fault ioError() {
        return new Fault(Kind.IO_ERROR, Effect.NONE, false);
    }

    /**
     * No space left, once, before anything happened.
     *
     * @return the fault
     */
    public static Fault full() {
        return new Fault(Kind.FULL, Effect.NONE, false);
    }

    /**
     * The same fault, thrown later.
     *
     * @param part how much of the call happens before
     * @return the changed fault
     */
    public Fault after(Effect part) {
        return new Fault(kind, part, lasting);
    }

    /**
     * The same fault, for every later call as well.
     *
     * @return the changed fault
     */
    public Fault forGood() {
        return new Fault(kind, effect, true);
    }

    IOException exception(StoreCall call) {
        String what = "planned fault at " + call + " (effect " + effect + ")";
        return kind == Kind.FULL ? new StoreFullException(what + ": no space left") : new IOException(what);
    }
}
