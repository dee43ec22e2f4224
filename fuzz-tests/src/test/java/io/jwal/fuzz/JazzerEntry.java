package io.jwal.fuzz;

/** Where Jazzer hands its inputs in; {@code -Djwal.fuzz.reader} says to whom. */
public final class JazzerEntry {
    private static final Readers READER = Readers.valueOf(System.getProperty("jwal.fuzz.reader"));

    private JazzerEntry() {}

    /** Called by Jazzer, by this name. */
    public static void fuzzerTestOneInput(byte[] input) {
        READER.refuses(input);
    }
}
