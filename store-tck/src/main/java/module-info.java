import org.jspecify.annotations.NullMarked;

/** The contract of a store as tests, and a store that crashes and fails on demand. */
@NullMarked
module io.jwal.store.tck {
    requires transitive io.jwal;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;
    requires static org.jspecify;

    // What tries mutants is for the modules of this project alone
    requires static java.compiler;
    requires static org.junit.platform.launcher;

    exports io.jwal.store.tck;
    exports io.jwal.store.tck.simulator;

    // JUnit calls the tests, which only it and their extenders see
    opens io.jwal.store.tck to
            org.junit.platform.commons;
}
