package io.jwal.store.memory;

import io.jwal.store.Store;
import io.jwal.store.tck.StoreContractTest;

class MemoryStoreContractTest extends StoreContractTest {
    private final MemoryMedium medium = new MemoryMedium();

    @Override
    protected Store open() {
        return medium.open();
    }
}
