package io.jwal.store.file;

import io.jwal.store.Store;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.simulator.StoreOperation;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The contract, on a disk that loses in every crash all that was not synced, and fails when it is told to. */
class SimulatedDiskContractTest extends StoreContractTest {
    private static final Map<StoreOperation, Set<SimulatedDisk.Call>> CALLS = new EnumMap<>(Map.of(
            StoreOperation.CLAIM, EnumSet.of(SimulatedDisk.Call.LOCK),
            StoreOperation.READ_REGISTER, EnumSet.of(SimulatedDisk.Call.OPEN_TO_READ),
            StoreOperation.WRITE_REGISTER, EnumSet.of(SimulatedDisk.Call.CREATE),
            StoreOperation.CREATE, EnumSet.of(SimulatedDisk.Call.CREATE),
            StoreOperation.APPEND, EnumSet.of(SimulatedDisk.Call.WRITE, SimulatedDisk.Call.WRITE_THROUGH),
            StoreOperation.SYNC, EnumSet.of(SimulatedDisk.Call.SYNC, SimulatedDisk.Call.WRITE_THROUGH),
            StoreOperation.SEAL, EnumSet.of(SimulatedDisk.Call.TRUNCATE, SimulatedDisk.Call.SYNC),
            StoreOperation.OPEN, EnumSet.of(SimulatedDisk.Call.OPEN_TO_READ),
            StoreOperation.DELETE, EnumSet.of(SimulatedDisk.Call.DELETE),
            StoreOperation.LIST, EnumSet.of(SimulatedDisk.Call.LIST)));

    SimulatedDisk disk = new SimulatedDisk();

    @Override
    protected Store open() {
        return Stores.on(disk);
    }

    @Override
    protected void crash() {
        disk = disk.crash(0);
    }

    @Override
    protected void failNext(StoreOperation operation) {
        Set<SimulatedDisk.Call> failing = CALLS.get(operation);
        if (failing == null) {
            org.junit.jupiter.api.Assumptions.abort("a mapped segment is not read through the disk");
        }
        SimulatedDisk failed = disk;
        disk.script((call, name) -> {
            if (failing.contains(call)) {
                failed.script((later, any) -> {});
                throw SimulatedDisk.broken();
            }
        });
    }

    @Override
    protected Object snapshot() {
        return disk.contents();
    }

    @Override
    protected long openHandles() {
        return disk.openHandles();
    }
}
