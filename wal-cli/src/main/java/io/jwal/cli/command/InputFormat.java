package io.jwal.cli.command;

import io.jwal.cli.entry.EntryFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say how entries come in. */
final class InputFormat {
    @ArgGroup(exclusive = true)
    private @Nullable Choice choice;

    /** One of them. */
    static final class Choice {
        @Option(names = "--lines", description = "Each line is an entry, without its newline. The default.")
        private boolean lines;

        @Option(names = "--framed", description = "Each entry comes behind its length, 4 bytes, big-endian.")
        private boolean framed;

        @Option(names = "--framed-le", description = "The same, little-endian.")
        private boolean framedLittleEndian;

        @Option(
                names = "--json",
                description = "Each entry is a JSON object with \"text\" or \"base64\", as cat --json writes it.")
        private boolean json;

        @Option(names = "--whole-file", description = "Each file is one entry.")
        private boolean wholeFile;
    }

    boolean isGiven() {
        return choice != null;
    }

    EntryFormat format() {
        Choice chosen = choice;
        if (chosen == null || chosen.lines) {
            return EntryFormat.LINES;
        } else if (chosen.framed) {
            return EntryFormat.FRAMED;
        } else if (chosen.framedLittleEndian) {
            return EntryFormat.FRAMED_LITTLE_ENDIAN;
        } else if (chosen.json) {
            return EntryFormat.JSON;
        }
        return chosen.wholeFile ? EntryFormat.BARE : EntryFormat.LINES;
    }
}
