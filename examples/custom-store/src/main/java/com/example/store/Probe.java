package com.example.store;

import java.io.IOException;

/** Asked before each call to the disk. The tests let it fail there, as a disk would. */
@FunctionalInterface
interface Probe {
    Probe NONE = call -> {};

    void before(Call call) throws IOException;

    enum Call {
        LOCK,
        CREATE,
        OPEN,
        READ,
        WRITE,
        SYNC,
        RENAME
    }
}
