package io.jwal.store.file;

import java.io.IOException;

/** A lock held on a file of a {@link Disk}. */
interface DiskLock extends AutoCloseable {
    /** Whether the name still leads to the file that is locked: false once the directory was moved, or replaced. */
    boolean isCurrent() throws IOException;

    @Override
    void close() throws IOException;
}
