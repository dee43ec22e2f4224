/**
 * The API of JWal: what an application calls ({@link io.jwal}) and what a store implements ({@link io.jwal.store}).
 *
 * <p>The module has no runtime dependency.
 */
@org.jspecify.annotations.NullMarked
module io.jwal {
    requires static org.jspecify;

    exports io.jwal;
    exports io.jwal.store;
}
