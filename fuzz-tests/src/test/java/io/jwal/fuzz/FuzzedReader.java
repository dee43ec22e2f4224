package io.jwal.fuzz;

import java.io.IOException;
import java.util.List;

/** Reads bytes that anybody may have written. Says with a typed exception that it does not like them, and in no other way. */
public interface FuzzedReader {
    /** Reads all that can be read out of an input. */
    void read(byte[] input) throws IOException;

    /** Inputs that a sound log has. */
    List<byte[]> seeds() throws IOException;
}
