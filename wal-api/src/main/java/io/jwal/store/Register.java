package io.jwal.store;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The value of a register at one moment.
 *
 * @param version what to hand to {@link Store#writeRegister} to replace exactly this value
 * @param content the bytes that were written, from position to limit; read-only, and never changed afterwards
 */
public record Register(Version version, ByteBuffer content) {
    /** Takes a read-only view of the content. */
    public Register {
        Objects.requireNonNull(version, "version");
        content = content.asReadOnlyBuffer();
    }

    /**
     * A fresh read-only view of the content, so that reading it moves nobody else's position.
     *
     * @return the bytes, from position to limit
     */
    @Override
    public ByteBuffer content() {
        return content.duplicate();
    }
}
