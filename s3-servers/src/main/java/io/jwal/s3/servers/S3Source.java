package io.jwal.s3.servers;

import java.io.IOException;
import java.util.function.Consumer;

/** A place where a real S3 may come from. */
interface S3Source {
    /** For people, as in "from Docker". */
    String name();

    /**
     * Starts it, or finds it.
     *
     * @param progress is told what takes long
     * @throws Unavailable if there is none to be had from here, with the reason
     */
    S3Server open(Consumer<String> progress) throws Unavailable, IOException;

    /** There is none to be had from here. */
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(String reason) {
            super(reason);
        }
    }
}
