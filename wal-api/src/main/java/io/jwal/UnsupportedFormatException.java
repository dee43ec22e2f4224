package io.jwal;

/** A newer version of JWal wrote this. Nothing was changed. */
public final class UnsupportedFormatException extends WalException {
    private static final long serialVersionUID = 1L;

    /** The version found. */
    private final int found;

    /** The newest version supported. */
    private final int supported;

    /**
     * Says what was found where.
     *
     * @param where such as {@code segment 0000000000000001-00000001}
     * @param found the version found
     * @param supported the newest version that this one reads
     */
    public UnsupportedFormatException(String where, int found, int supported) {
        super(
                where + " has format version " + found + ", this JWal reads up to " + supported
                        + "; upgrade JWal to open this log, nothing was changed",
                null);
        this.found = found;
        this.supported = supported;
    }

    /**
     * The version found.
     *
     * @return the version
     */
    public int found() {
        return found;
    }

    /**
     * The newest version that this JWal reads.
     *
     * @return the version
     */
    public int supported() {
        return supported;
    }
}
