import org.jspecify.annotations.NullMarked;

/** The store of type memory. */
@NullMarked
module io.jwal.store.memory {
    requires transitive io.jwal;
    requires static org.jspecify;
}
