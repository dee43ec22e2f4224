package io.jwal.store.s3.read;

import java.io.IOException;

/** The bytes of a segment that is not sealed, as far as they are known. Safe for many threads. */
public interface OpenBytes extends Pieces {
    /**
     * Looks whether there are more by now.
     *
     * @throws IOException if it could not be asked, or what is there cannot be
     */
    void look() throws IOException;

    /**
     * How many bytes are known.
     *
     * @return a length
     */
    long end();

    /**
     * How many bytes are known to have been stored, whatever is found of them.
     *
     * @return a length
     */
    long claimed();
}
