package io.jwal.core.medium;

import io.jwal.store.tck.simulator.LogMedium;

/**
 * Makes the media of a run of tests. Which one it is says the configuration parameter {@value LogMediaResolver#PARAMETER}
 * of JUnit: the name of a class with a constructor without parameters; {@link CrashMedia} by default.
 */
public interface MediumSource extends AutoCloseable {
    /** An empty medium that nobody else has. */
    LogMedium next();

    /**
     * Of how many runs that differ in little a sweep makes one: 1 where calls cost nothing, more where each is a request.
     */
    int sparing();

    /** Ends what the media had in common. */
    @Override
    void close();
}
