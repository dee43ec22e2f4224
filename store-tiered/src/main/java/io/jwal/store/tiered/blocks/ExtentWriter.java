package io.jwal.store.tiered.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the bytes of an extent from the first to the last, and hands over what is to be stored. Belongs to one thread. */
public interface ExtentWriter {
    /** Where what is to be stored goes. */
    @FunctionalInterface
    interface Sink {
        /** Takes bytes, from position to limit; does not keep the buffer. */
        void write(ByteBuffer bytes) throws IOException;
    }

    /** The next bytes, from position to limit; consumed. */
    void put(ByteBuffer bytes) throws IOException;

    /** That were all; hands over what is left. */
    void end() throws IOException;
}
