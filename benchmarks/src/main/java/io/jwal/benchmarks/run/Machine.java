package io.jwal.benchmarks.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a run is made on, as far as it can be asked. */
final class Machine {
    private static final Pattern PEER =
            Pattern.compile("(artemis-journal|chronicle-queue|rocksdbjni|lmdbjava|kafka-storage)-(\\d[\\w.-]*)\\.jar");
    private static final Pattern TIDWALL = Pattern.compile("(github\\.com/tidwall/wal) v(\\S+)");

    private Machine() {}

    /** The processor, the cores, the memory and the kernel. */
    static String description() throws IOException {
        String cpu = firstMatch(Path.of("/proc/cpuinfo"), "model name\\s*: (.*)");
        String memory = firstMatch(Path.of("/proc/meminfo"), "MemTotal:\\s*(\\d+) kB");
        long gib = memory.isEmpty() ? 0 : Math.round(Long.parseLong(memory) / (double) (1 << 20));
        return "%s, %d cores, %d GiB, %s %s"
                .formatted(
                        cpu,
                        Runtime.getRuntime().availableProcessors(),
                        gib,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"));
    }

    /** The load average, which before a run tells what others do. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String firstMatch(Path file, String pattern) throws IOException {
        if (!Files.isReadable(file)) {
            return "";
        }
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
        return found.find() ? found.group(1).strip() : "";
    }

    /** The versions of the peers: of those whose jars lie in that folder, and of the one that the Go module names. */
    static Map<String, String> peers(Path libraries, Path goModule) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        try (Stream<Path> jars = Files.list(libraries)) {
            jars.map(jar -> PEER.matcher(jar.getFileName().toString()))
                    .filter(Matcher::matches)
                    .forEach(jar -> versions.put(jar.group(1), jar.group(2)));
        }
        Matcher tidwall = TIDWALL.matcher(Files.readString(goModule));
        if (tidwall.find()) {
            versions.put(tidwall.group(1), tidwall.group(2));
        }
        return versions;
    }
}
