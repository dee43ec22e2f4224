package io.jwal.store.tiered.blocks;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import io.jwal.store.StoreCorruptException;

/** The library of Zstandard, which need not be there: nobody else names its classes. */
final class Zstandard {
    static final String ARTIFACT = "com.github.luben:zstd-jni";

    /** What the library itself takes by default; higher levels cost an archiver more than they save. */
    private static final int LEVEL = 3;

    private Zstandard() {}

    /**
     * Loads what is native of it.
     *
     * @throws LinkageError if it has nothing for this machine; already by its call if its classes are not there
     */
    static void load() {
        Native.load();
    }

    static int compress(byte[] from, int length, byte[] to) {
        try {
            return (int) Zstd.compressByteArray(to, 0, length - 1, from, 0, length, LEVEL);
        } catch (ZstdException e) { // there is not enough room; and whatever else it may be, stored it can be
            return Compression.LONGER;
        }
    }

    /** How long it became; the library writes into the array and takes no window of its own. */
    static int expand(byte[] from, int length, byte[] to) throws StoreCorruptException {
        try {
            return (int) Zstd.decompressByteArray(to, 0, to.length, from, 0, length);
        } catch (ZstdException e) {
            throw new StoreCorruptException("it cannot be expanded to " + to.length + " bytes: " + e.getMessage(), e);
        }
    }
}
