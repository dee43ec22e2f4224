package io.jwal.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the proof ran on, as far as it can be asked; the benchmarks, which are not built with it, have one of their own. */
final class Machine {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final double KIB_IN_GIB = 1 << 20;

    private Machine() {}

    /** The processor (elsewhere than on Linux its architecture), the cores, on Linux the memory, JDK and system. */
    static String description() throws IOException {
        String memory = match(MEMORY, "MemTotal:\\s*(\\d+) kB")
                .map(kib -> Math.round(Long.parseLong(kib) / KIB_IN_GIB) + " GiB, ")
                .orElse("");
        return "%s, %d cores, %sJDK %d, %s %s"
                .formatted(
                        match(PROCESSOR, "model name\\s*: (.*)").orElse(System.getProperty("os.arch")),
                        Runtime.getRuntime().availableProcessors(),
                        memory,
                        Runtime.version().feature(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"));
    }

    private static Optional<String> match(Path file, String pattern) throws IOException {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
        return found.find() ? Optional.of(found.group(1).strip()) : Optional.empty();
    }
}
