import org.jspecify.annotations.NullMarked;

/** The store of type {@code file}: a log's bytes in a local directory. */
@NullMarked
module io.jwal.store.file {
    requires transitive io.jwal;
    requires static org.jspecify;

    exports io.jwal.store.file;

    provides io.jwal.store.StoreProvider with
            io.jwal.store.file.FileStoreProvider;
}
