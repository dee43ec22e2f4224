import org.jspecify.annotations.NullMarked;

/** The contract of a store as tests. */
@NullMarked
module io.jwal.store.tck {
    requires transitive io.jwal;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;
    requires static org.jspecify;
}
