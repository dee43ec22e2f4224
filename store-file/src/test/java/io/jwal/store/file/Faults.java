package io.jwal.store.file;

import io.jwal.store.tck.simulator.StoreOperation;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** Fails the call of a disk that is behind an operation of a store. */
final class Faults {
    private Faults() {}

    /** Fails the next call of the operation, after it has run what ends the script. */
    static SimulatedDisk.Script next(StoreOperation operation, Runnable end) {
        Set<SimulatedDisk.Call> failing = calls(operation);
        return (call, name) -> {
            if (failing.contains(call)) {
                end.run();
                throw SimulatedDisk.broken();
            }
        };
    }

    private static Set<SimulatedDisk.Call> calls(StoreOperation operation) {
        return switch (operation) {
            case CLAIM -> EnumSet.of(SimulatedDisk.Call.LOCK);
            case WRITE_REGISTER, CREATE, FENCE -> EnumSet.of(SimulatedDisk.Call.CREATE);
            case APPEND -> EnumSet.of(SimulatedDisk.Call.WRITE, SimulatedDisk.Call.WRITE_THROUGH);
            case SYNC -> EnumSet.of(SimulatedDisk.Call.SYNC, SimulatedDisk.Call.WRITE_THROUGH);
            case SEAL -> EnumSet.of(SimulatedDisk.Call.TRUNCATE, SimulatedDisk.Call.SYNC);
            case OPEN, READ_REGISTER -> EnumSet.of(SimulatedDisk.Call.OPEN_TO_READ);
            case DELETE -> EnumSet.of(SimulatedDisk.Call.DELETE);
            case LIST -> EnumSet.of(SimulatedDisk.Call.LIST);
            case READ, SIZE, RELEASE ->
                Assumptions.abort(
                        "a sealed segment is read from its map, which fails only as aFileThatSomebodyCutsShort"
                                + "IsAnExceptionAndNoErrorOfTheJvm in ConcurrentReadTest shows");
        };
    }
}
