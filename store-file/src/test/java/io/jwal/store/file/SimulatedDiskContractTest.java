package io.jwal.store.file;

import io.jwal.store.Store;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** The contract, on a disk that loses in every crash all that was not synced, and fails when it is told to. */
class SimulatedDiskContractTest extends StoreContractTest {
    private static final List<String> FOREIGN = List.of("notes", "registers/manifest.bak", "segments/1.seg");

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
        SimulatedDisk failed = disk;
        disk.script(Faults.next(operation, () -> failed.script((call, name) -> {})));
    }

    @Override
    protected Callable<Boolean> plantForeignThing() throws IOException {
        for (String name : FOREIGN) {
            disk.create(name).close();
        }
        return () -> {
            for (String name : FOREIGN) {
                if (disk.kind(name) != Disk.Kind.FILE) {
                    return false;
                }
            }
            return true;
        };
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
