package io.jwal.store.tiered;

import io.jwal.store.tiered.blocks.Compression;

/** How archive copies are compressed. Copies that are there already stay as they are, and can be read all the same. */
public enum ArchiveCompression {
    /** Not at all. */
    NONE,
    /** With zstd if its library, {@code com.github.luben:zstd-jni}, is there, and with deflate otherwise. */
    AUTO,
    /** With DEFLATE, which every Java has. */
    DEFLATE,
    /** With zstd, whose library has to be there. */
    ZSTD;

    Compression effective() {
        return switch (this) {
            case NONE -> Compression.NONE;
            case AUTO -> Compression.ZSTD.isThere() ? Compression.ZSTD : Compression.DEFLATE;
            case DEFLATE -> Compression.DEFLATE;
            case ZSTD -> Compression.ZSTD;
        };
    }
}
