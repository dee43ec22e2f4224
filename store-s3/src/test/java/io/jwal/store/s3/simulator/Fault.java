package io.jwal.store.s3.simulator;

/** What may become of a request, in the order in which it is chosen. */
enum Fault {
    /** Nothing: it is carried out, and its answer comes back. */
    NONE,
    /** The machine stops for good before it is sent. */
    MACHINE_STOPS,
    /** It is lost, and the client gives up. */
    REQUEST_LOST,
    /** It is carried out, its answer is lost, and the client gives up. */
    ANSWER_LOST,
    /** It is carried out, its answer is lost, and the client tries again, which succeeds. */
    TRIED_AGAIN,
    /** The client gives up, and later it is carried out all the same. */
    LATE,
    /** It is carried out, answered, and later carried out once more. */
    REPEATED;

    private static final Fault[] ALL = values();

    /** How many there are for a request that changes something, or for one that does not. */
    static int options(boolean changing) {
        return changing ? ALL.length : 2;
    }

    static Fault of(int choice) {
        return ALL[choice];
    }
}
