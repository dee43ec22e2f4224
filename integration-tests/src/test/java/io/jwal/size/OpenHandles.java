package io.jwal.size;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts the files that this process has open, where the system tells (Linux). */
public final class OpenHandles {
    private static final Path HANDLES = Path.of("/proc/self/fd");

    private OpenHandles() {}

    /** How many files below a directory are open; 0 where nobody can tell. */
    public static int below(Path directory) throws IOException {
        if (!Files.isDirectory(HANDLES)) {
            return 0;
        }
        int count = 0;
        try (Stream<Path> links = Files.list(HANDLES)) {
            for (Path link : links.toList()) {
                if (Files.isSymbolicLink(link) && leadsBelow(link, directory)) {
                    count++;
                }
            }
        }
        return count;
    }

    private static boolean leadsBelow(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).startsWith(directory);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
