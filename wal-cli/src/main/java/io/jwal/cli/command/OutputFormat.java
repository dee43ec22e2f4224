package io.jwal.cli.command;

import io.jwal.cli.entry.EntryFormat;
import io.jwal.cli.entry.EntryOutput;
import io.jwal.cli.shell.Output;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say how entries go out. */
final class OutputFormat {
    @ArgGroup(exclusive = true)
    private @Nullable Choice choice;

    /** One of them. */
    static final class Choice {
        @Option(names = "--lines", description = "Each entry as it is, and a newline. The default.")
        private boolean lines;

        @Option(
                names = "--no-final-newline",
                description =
                        "The same, with newlines only between entries: gives back a file whose last line had none.")
        private boolean noFinalNewline;

        @Option(names = "--framed", description = "Each entry behind its length, 4 bytes, big-endian.")
        private boolean framed;

        @Option(names = "--framed-le", description = "The same, little-endian.")
        private boolean framedLittleEndian;

        @Option(
                names = "--json",
                description = "Each entry as a JSON object on a line of its own: index, time, and text or base64.")
        private boolean json;

        @Option(names = "--raw", description = "The bytes of the entries with nothing between them.")
        private boolean raw;
    }

    EntryOutput to(Output out) throws IOException {
        Choice chosen = choice;
        return format().output(out, chosen == null || !chosen.noFinalNewline);
    }

    private EntryFormat format() {
        Choice chosen = choice;
        if (chosen == null || chosen.lines || chosen.noFinalNewline) {
            return EntryFormat.LINES;
        } else if (chosen.framed) {
            return EntryFormat.FRAMED;
        } else if (chosen.framedLittleEndian) {
            return EntryFormat.FRAMED_LITTLE_ENDIAN;
        } else if (chosen.json) {
            return EntryFormat.JSON;
        }
        return chosen.raw ? EntryFormat.BARE : EntryFormat.LINES;
    }
}
