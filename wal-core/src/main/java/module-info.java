import org.jspecify.annotations.NullMarked;

/** The way into a log, and the engine behind it. */
@NullMarked
module io.jwal.core {
    requires transitive io.jwal;
    // Not static: reflection shows a store's @Nullable only when the annotation's module is there.
    requires org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;

    exports io.jwal.core;

    uses io.jwal.store.StoreProvider;
}
