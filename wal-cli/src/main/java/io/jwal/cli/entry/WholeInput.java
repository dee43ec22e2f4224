package io.jwal.cli.entry;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** All that the stream holds is one entry. */
final class WholeInput implements EntryInput {
    private final InputStream in;
    private final String name;
    private final long maxEntry;
    private boolean taken;

    WholeInput(InputStream in, String name, long maxEntry) {
        this.in = in;
        this.name = name;
        this.maxEntry = maxEntry;
    }

    @Override
    public byte @Nullable [] next() throws IOException, RefusedInputException {
        if (taken) {
            return null;
        }
        taken = true;
        byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxEntry + 1));
        if (content.length > maxEntry) {
            throw RefusedInputException.tooLarge(place(), "it is longer", maxEntry);
        }
        return content;
    }

    @Override
    public String place() {
        return name;
    }
}
