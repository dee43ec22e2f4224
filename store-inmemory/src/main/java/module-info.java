import io.jwal.store.StoreProvider;
import io.jwal.store.memory.MemoryStoreProvider;
import org.jspecify.annotations.NullMarked;

/** The store of type {@code memory}: a log's bytes on the heap. */
@NullMarked
module io.jwal.store.memory {
    requires transitive io.jwal;
    requires static org.jspecify;

    exports io.jwal.store.memory;

    provides StoreProvider with
            MemoryStoreProvider;
}
