package io.jwal.store.file;

import java.io.IOException;

/** A piece of work that does I/O. */
@FunctionalInterface
interface IoCall<T> {
    T run() throws IOException;
}
