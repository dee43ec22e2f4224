package io.jwal.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A log in files, and what was written into it.
 *
 * @param name what it is called
 * @param files its files, by path
 * @param first the first index
 * @param entries the entries that have to be there, by index
 * @param consumers the consumers' positions
 * @param properties the properties
 * @param corrupt whether it is damaged behind those entries, so that a writer is refused
 */
record GoldenLog(
        String name,
        Map<String, byte[]> files,
        long first,
        TreeMap<Long, Written> entries,
        Map<String, Long> consumers,
        Map<String, byte[]> properties,
        boolean corrupt) {
    static final Path ROOT = Path.of("src", "test", "resources", "golden", "v1");

    private static final String EXPECTED = "expected.txt";
    private static final HexFormat HEX = HexFormat.of();

    /** An entry, and when it was committed. */
    record Written(long time, byte[] bytes) {}

    /** The last index. */
    long last() {
        return entries.isEmpty() ? first - 1 : entries.lastKey();
    }

    /** The names of the golden logs. */
    static List<String> names() throws IOException {
        try (Stream<Path> logs = Files.list(ROOT)) {
            return logs.filter(Files::isDirectory)
                    .map(log -> log.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Reads one. */
    static GoldenLog load(String name) throws IOException {
        Path directory = ROOT.resolve(name);
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        GoldenLog[] log = {new GoldenLog(name, files, 0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), false)};
        new String(files.remove(EXPECTED), UTF_8).lines().forEach(line -> log[0] = log[0].with(line.split(" ", -1)));
        return log[0];
    }

    private GoldenLog with(String[] words) {
        switch (words[0]) {
            case "first":
                return new GoldenLog(name, files, Long.parseLong(words[1]), entries, consumers, properties, corrupt);
            case "corrupt":
                return new GoldenLog(name, files, first, entries, consumers, properties, true);
            case "consumer":
                consumers.put(words[1], Long.parseLong(words[2]));
                return this;
            case "property":
                properties.put(words[1], HEX.parseHex(words[2]));
                return this;
            case "entry":
                entries.put(Long.parseLong(words[1]), new Written(Long.parseLong(words[2]), HEX.parseHex(words[3])));
                return this;
            default:
                throw new IllegalArgumentException("what is \"" + words[0] + "\"?");
        }
    }

    /** Writes its files, and what is expected beside them. */
    void store(Path root) throws IOException {
        Path directory = root.resolve(name);
        copyTo(directory);
        Files.writeString(directory.resolve(EXPECTED), expected());
    }

    /** Writes its files, as a store of type {@code file} has them. */
    void copyTo(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("segments"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private String expected() {
        StringBuilder text = new StringBuilder();
        Consumer<String> line = words -> text.append(words).append('\n');
        line.accept("first " + first);
        if (corrupt) {
            line.accept("corrupt");
        }
        consumers.forEach((consumer, position) -> line.accept("consumer " + consumer + " " + position));
        properties.forEach((property, value) -> line.accept("property " + property + " " + HEX.formatHex(value)));
        entries.forEach((index, entry) ->
                line.accept("entry " + index + " " + entry.time() + " " + HEX.formatHex(entry.bytes())));
        return text.toString();
    }

    /** What salvage leaves: the same, and nothing damaged any more. */
    GoldenLog sound() {
        return new GoldenLog(name, files, first, new TreeMap<>(entries), consumers, properties, false);
    }

    @Override
    public String toString() {
        return name;
    }

    /** The same with other files. */
    GoldenLog withFiles(Map<String, byte[]> other) {
        return new GoldenLog(name, other, first, entries, consumers, properties, corrupt);
    }
}
