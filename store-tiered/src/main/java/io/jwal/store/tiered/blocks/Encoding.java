package io.jwal.store.tiered.blocks;

/**
 * How a segment of the archive lies there, as far as the archive's manifest says.
 *
 * @param inBlocks whether it consists of blocks; else it is the bytes of the log's segment as they are
 * @param keyId the name of the key that its data key is wrapped with; empty if it is not encrypted
 */
public record Encoding(boolean inBlocks, String keyId) {
    /** The bytes as they are. */
    public static final Encoding PLAIN = new Encoding(false, "");

    /** Only what is in blocks can be encrypted. */
    public Encoding {
        if (!keyId.isEmpty() && !(inBlocks && KeyRing.isName(keyId))) {
            throw new IllegalArgumentException("not the name of a key of a segment in blocks: \"" + keyId + "\"");
        }
    }

    /** Whether it can be read with no key at all. */
    public boolean isClear() {
        return keyId.isEmpty();
    }
}
