package io.jwal.store.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A piece of work that does I/O. */
@FunctionalInterface
interface IoCall<T extends @Nullable Object> {
    T run() throws IOException;
}
