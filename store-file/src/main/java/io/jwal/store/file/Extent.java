package io.jwal.store.file;

import java.io.IOException;

/** How far a segment goes, as the reader of it knows. */
interface Extent extends AutoCloseable {
    /** How many bytes can be read. */
    long size(DiskFile file) throws IOException;

    /**
     * How many bytes may be mapped: those that nobody will ever cut off. A map that reaches into space which sealing
     * gives back would end in an error of the JVM.
     */
    long mappable(DiskFile file) throws IOException;

    /** Whether the size is final. */
    boolean isFinal();

    /** How many bytes are known to have been synced. */
    long claimed();

    @Override
    default void close() throws IOException {}
}
