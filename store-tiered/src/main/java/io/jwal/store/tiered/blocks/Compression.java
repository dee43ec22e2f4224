package io.jwal.store.tiered.blocks;

import io.jwal.store.StoreCorruptException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** How blocks are made shorter. The memory for what comes out is the caller's, and no more is ever taken. */
public enum Compression {
    /** Not at all. */
    NONE(0) {
        @Override
        int compress(byte[] from, int length, byte[] to) {
            return LONGER;
        }

        @Override
        void expand(byte[] from, int length, byte[] to) throws StoreCorruptException {
            throw new StoreCorruptException("it says that it is compressed, in a segment that is not");
        }
    },

    /** DEFLATE without a header, RFC 1951. */
    DEFLATE(1) {
        @Override
        int compress(byte[] from, int length, byte[] to) {
            Deflater deflater = new Deflater(Deflater.BEST_SPEED, true); // the default takes six times as long
            try {
                deflater.setInput(from, 0, length);
                deflater.finish();
                int shorter = deflater.deflate(to, 0, length - 1);
                return deflater.finished() ? shorter : LONGER;
            } finally {
                deflater.end();
            }
        }

        @Override
        void expand(byte[] from, int length, byte[] to) throws StoreCorruptException {
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(from, 0, length);
                int found = inflater.inflate(to);
                if (found == to.length && !inflater.finished() && inflater.inflate(new byte[1]) > 0) {
                    throw new StoreCorruptException("it expands to more than the " + to.length + " bytes it has to");
                }
                checkLength(found, to);
                if (!inflater.finished() || inflater.getRemaining() > 0) {
                    throw new StoreCorruptException("it does not end where it has to");
                }
            } catch (DataFormatException e) {
                throw new StoreCorruptException("it cannot be expanded: " + e.getMessage(), e);
            } finally {
                inflater.end();
            }
        }
    },

    /** Zstandard, RFC 8878, one frame a block; by a library that has to be there. */
    ZSTD(2) {
        @Override
        int compress(byte[] from, int length, byte[] to) {
            return Zstandard.compress(from, length, to);
        }

        @Override
        void expand(byte[] from, int length, byte[] to) throws StoreCorruptException {
            checkLength(Zstandard.expand(from, length, to), to);
        }

        @Override
        public boolean isThere() {
            return Probe.ZSTD_IS_THERE;
        }
    };

    /** The artifact with the library of {@link #ZSTD}. */
    public static final String ZSTD_ARTIFACT = Zstandard.ARTIFACT;

    static final int LONGER = -1;

    /** Looks once. */
    private static final class Probe {
        static final boolean ZSTD_IS_THERE = probe();

        private static boolean probe() {
            try {
                Zstandard.load();
                return true;
            } catch (LinkageError e) {
                return false;
            }
        }
    }

    private final int code;

    Compression(int code) {
        this.code = code;
    }

    /** Its number in a header. */
    int code() {
        return code;
    }

    /** The one with a number, or null. */
    static @Nullable Compression of(int code) {
        for (Compression compression : values()) {
            if (compression.code == code) {
                return compression;
            }
        }
        return null;
    }

    /** Whether it works in this process. */
    public boolean isThere() {
        return true;
    }

    /**
     * Makes bytes shorter; where it {@link #isThere}.
     *
     * @param to at least as long
     * @return the length, or {@link #LONGER} if they would not become shorter
     */
    abstract int compress(byte[] from, int length, byte[] to);

    /**
     * The opposite; where it {@link #isThere}.
     *
     * @param to as long as what has to come out
     * @throws StoreCorruptException if anything else would come out
     */
    abstract void expand(byte[] from, int length, byte[] to) throws StoreCorruptException;

    private static void checkLength(int found, byte[] to) throws StoreCorruptException {
        if (found != to.length) {
            throw new StoreCorruptException("it expands to " + found + " bytes, but has to have " + to.length);
        }
    }
}
