import org.jspecify.annotations.NullMarked;

/** The store of type file. */
@NullMarked
module io.jwal.store.file {
    requires transitive io.jwal;
    requires static org.jspecify;
}
