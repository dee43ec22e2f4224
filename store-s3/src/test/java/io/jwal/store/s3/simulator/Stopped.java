package io.jwal.store.s3.simulator;

/** Unwinds an actor that never goes on. An error, for nothing that is tested may take it for a failure of its own. */
final class Stopped extends Error {
    private static final long serialVersionUID = 1L;

    Stopped() {
        super("this actor does not go on", null, false, false);
    }
}
