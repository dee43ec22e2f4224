package io.jwal.core.medium;

import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.LogMedium;

/** Simulated disks. */
public final class CrashMedia implements MediumSource {
    @Override
    public LogMedium next() {
        return new CrashMedium();
    }

    @Override
    public int sparing() {
        return 1;
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "simulated disks";
    }
}
