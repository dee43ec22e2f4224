package io.jwal.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The inputs of a reader: those that a sound log has, and those that fuzzing has found to be worth keeping. */
final class Corpus {
    private static final Path KEPT = Path.of("src", "test", "corpus");

    private Corpus() {}

    /** All of them, always in the same order. */
    static List<byte[]> of(Readers reader) throws IOException {
        List<byte[]> inputs = new ArrayList<>(reader.reader.seeds());
        Path folder = kept(reader);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    inputs.add(Files.readAllBytes(file));
                }
            }
        }
        return inputs;
    }

    /** Where those are kept that fuzzing has found. */
    static Path kept(Readers reader) {
        return KEPT.resolve(reader.folder());
    }
}
