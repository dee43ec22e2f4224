package io.jwal.core;

/** What one opening of a log asks for, beyond its configuration. */
public sealed interface OpenOption {
    /**
     * The log is known to hold entries up to an index: one that ends before is corrupt, and not merely torn. Rot in the
     * very last commit before a crash cannot always be told from a torn write; whoever acknowledged that commit
     * elsewhere can.
     *
     * @param index the last index that must be there; a longer log is fine
     * @return the option
     */
    static OpenOption expectLastIndex(long index) {
        if (index < 0 || index == Long.MAX_VALUE) {
            throw new IllegalArgumentException("a last index is from 0 to Long.MAX_VALUE - 1, but got " + index);
        }
        return new ExpectLastIndex(index);
    }

    /**
     * A store that guards against being taken over by mistake, such as an archive whose hot disk is empty, may be taken
     * over. Others ignore it.
     *
     * @return the option
     */
    static OpenOption takeover() {
        return new Takeover();
    }

    /**
     * See {@link #expectLastIndex}.
     *
     * @param index the last index that must be there
     */
    record ExpectLastIndex(long index) implements OpenOption {}

    /** See {@link #takeover}. */
    record Takeover() implements OpenOption {}
}
