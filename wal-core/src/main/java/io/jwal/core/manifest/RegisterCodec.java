package io.jwal.core.manifest;

import io.jwal.CorruptLogException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How the content of one register is written down.
 *
 * @param <T> what it holds
 */
public interface RegisterCodec<T> {
    /** The register's name. */
    String registerName();

    /** Reads a content; throws {@link CorruptLogException} or {@link io.jwal.UnsupportedFormatException}. */
    T decode(ByteBuffer content);

    /** Writes a content. */
    ByteBuffer encode(T value);

    /** The epoch of the writer that wrote it. */
    long epoch(T value);

    /** The same, written by another epoch. */
    T withEpoch(T value, long epoch);

    /** The error for a register that must be there and is not. */
    default CorruptLogException gone(@Nullable Throwable cause) {
        return new CorruptLogException(
                "the register \"" + registerName()
                        + "\" of the log is gone; restore it from a backup, nothing was changed",
                cause);
    }
}
