import org.jspecify.annotations.NullMarked;

/** The stores of type {@code tiered} and {@code archive}: a hot store that archives itself, and the archive read alone. */
@NullMarked
module io.jwal.store.tiered {
    requires transitive io.jwal;
    requires static com.github.luben.zstd_jni;
    requires static org.jspecify;

    exports io.jwal.store.tiered;

    provides io.jwal.store.StoreProvider with
            io.jwal.store.tiered.TieredStoreProvider,
            io.jwal.store.tiered.ArchiveStoreProvider;
}
