/**
 * The store of type {@code memory}: a log's bytes on the heap of this process. For tests, for caches and queues that may
 * vanish with the process, and as the smallest complete example of a store.
 *
 * <p>Start at {@link io.jwal.store.memory.MemoryMedium}, which holds the bytes; a
 * {@link io.jwal.store.memory.MemoryStore} is one opener's view of it.
 */
package io.jwal.store.memory;
