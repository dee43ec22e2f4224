package io.jwal.cli.entry;

/** The input is not what its format says. The message says where, what is wrong, and what to do about it. */
public final class RefusedInputException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedInputException(String place, String what) {
        super(place + ": " + what);
    }

    /** An entry that no log with this configuration takes. */
    static RefusedInputException tooLarge(String place, String what, long limit) {
        return new RefusedInputException(
                place,
                what + " than the " + limit + " bytes that an entry may have; raise maxEntry in a configuration");
    }
}
