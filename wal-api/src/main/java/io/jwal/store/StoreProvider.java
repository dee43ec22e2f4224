package io.jwal.store;

import java.io.IOException;

/**
 * Makes stores of one type. Found by {@link java.util.ServiceLoader}: name it in {@code module-info.java}
 * ({@code provides io.jwal.store.StoreProvider with …}) and in
 * {@code META-INF/services/io.jwal.store.StoreProvider}.
 *
 * <p>The configuration is a public record in an exported package. Its components are {@link String}, numbers,
 * {@code boolean}, enums (any case in the file), {@link java.time.Duration}, {@link java.nio.file.Path}, lists, nested
 * records, {@link ByteSize}, {@link Secret} and {@link StoreSpec}; one marked {@code @Nullable} (of JSpecify, or any
 * other annotation of that simple name kept at run time) is optional. Defaults and checks live in the compact
 * constructor; the message of an {@link IllegalArgumentException} thrown there is reported at the record's place in the
 * file.
 *
 * @param <C> the configuration record
 */
public interface StoreProvider<C> {
    /**
     * The name that a configuration file uses: {@code "store": {"type": "…"}}.
     *
     * @return lower-case letters, digits and {@code -}
     */
    String type();

    /**
     * The record that the rest of the {@code store} object is bound to.
     *
     * @return a record class
     */
    Class<C> configType();

    /**
     * Opens a store. Changes nothing on the medium, and does not fail because nothing is there yet.
     *
     * @param config the configuration
     * @param context what the engine lends to the store
     * @return the store
     * @throws IOException if the store can never work as configured; the message says what to change
     */
    Store open(C config, StoreContext context) throws IOException;
}
