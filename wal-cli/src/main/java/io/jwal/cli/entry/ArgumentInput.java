package io.jwal.cli.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each argument of the command line is an entry, in UTF-8. */
public final class ArgumentInput implements EntryInput {
    private final List<String> arguments;
    private final long maxEntry;
    private int taken;

    /** Takes arguments, none longer than an entry may be. */
    public ArgumentInput(List<String> arguments, long maxEntry) {
        this.arguments = List.copyOf(arguments);
        this.maxEntry = maxEntry;
    }

    @Override
    public byte @Nullable [] next() throws RefusedInputException {
        if (taken == arguments.size()) {
            return null;
        }
        byte[] content = arguments.get(taken++).getBytes(UTF_8);
        if (content.length > maxEntry) {
            throw RefusedInputException.tooLarge(place(), "it is longer", maxEntry);
        }
        return content;
    }

    @Override
    public String place() {
        return "argument " + taken;
    }
}
