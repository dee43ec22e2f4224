package io.jwal.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Files of the golden logs, which inputs of a fuzzer begin from. */
public final class GoldenFiles {
    private static final Path ROOT = Path.of("..", "integration-tests", "src", "test", "resources", "golden", "v1");

    private GoldenFiles() {}

    /** The files of that name, such as {@code registers/manifest}, of all logs. */
    public static List<byte[]> named(String name) throws IOException {
        return those(file -> file.endsWith(name));
    }

    /** The segments of all logs. */
    static List<byte[]> segments() throws IOException {
        return those(file -> file.toString().endsWith(".seg"));
    }

    private static List<byte[]> those(Predicate<Path> wanted) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(wanted).sorted().toList()) {
                contents.add(Files.readAllBytes(file));
            }
        }
        return contents;
    }

    /** A byte in front. */
    public static byte[] flagged(int flags, byte[] content) {
        byte[] input = new byte[content.length + 1];
        input[0] = (byte) flags;
        System.arraycopy(content, 0, input, 1, content.length);
        return input;
    }
}
