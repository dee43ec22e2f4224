package io.jwal.core.config;

import com.fasterxml.jackson.core.StreamReadConstraints;

/** How large a configuration may be: far above any use, far below what would hurt. */
final class ConfigLimits {
    static final int BYTES = 1 << 20;
    static final int STRING = 1 << 16;
    static final String TOO_LARGE = "this is too large for a configuration; at most 1MiB";

    private static final int NESTING = 32;
    private static final int NUMBER = 100;
    private static final int NAME = 1 << 10;

    static final String TOO_MUCH = "this is too much for a configuration; at most " + NESTING
            + " levels of nesting, names of " + NAME + " characters, text of " + STRING + ", numbers of " + NUMBER;

    static final StreamReadConstraints JSON = StreamReadConstraints.builder()
            .maxNestingDepth(NESTING)
            .maxStringLength(STRING)
            .maxNumberLength(NUMBER)
            .maxNameLength(NAME)
            .build();

    private ConfigLimits() {}
}
