package io.jwal.store.tck.proof;

import io.jwal.store.tck.mutant.MutantTrial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one explorer did, as a file {@code <name>.properties} in the folder {@value #FOLDER} names: {@code name},
 * {@code seconds}, {@code seeds}, {@code count.<what>}, {@code violation.<n>}, and for mutants {@code mutant.<name>} with
 * what noticed it, or nothing. Without such a folder nothing is written. Safe for many threads.
 */
public final class ProofRecord {
    /** The system property with the folder. */
    public static final String FOLDER = "jwal.proof.folder";

    private static final int MAX_TEXT = 2_000;

    private final String name;
    private final long start = System.nanoTime();
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();

    /**
     * Begins a record.
     *
     * @param name what is explored
     */
    public ProofRecord(String name) {
        this.name = name;
    }

    /**
     * Adds to a figure.
     *
     * @param what what is counted
     * @param many how many more
     */
    public void count(String what, long many) {
        counts.merge(what, many, Long::sum);
    }

    /**
     * Which seeds were used.
     *
     * @param first the first
     * @param last the last
     */
    public void seeds(long first, long last) {
        texts.put("seeds", first + " to " + last);
    }

    /**
     * Something was found that may not be.
     *
     * @param what what it is, and how it is repeated
     */
    public void violation(String what) {
        text("violation." + texts.size(), what);
    }

    /**
     * A mutant was tried.
     *
     * @param mutant its name
     * @param noticed the test that noticed it; empty if it survived
     */
    public void mutant(String mutant, String noticed) {
        text("mutant." + mutant, noticed);
    }

    private void text(String key, String text) {
        texts.put(key, text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text);
    }

    /** Writes it down. */
    public void write() {
        String folder = System.getProperty(FOLDER);
        if (folder == null || MutantTrial.isRunning()) {
            return;
        }
        Properties all = new Properties();
        all.putAll(texts);
        counts.forEach((what, many) -> all.setProperty("count." + what, many.toString()));
        all.setProperty("name", name);
        all.setProperty("seconds", Long.toString((System.nanoTime() - start) / 1_000_000_000));
        try {
            Path file = Files.createDirectories(Path.of(folder))
                    .resolve(name.replaceAll("[^A-Za-z0-9]+", "-") + ".properties");
            try (Writer out = Files.newBufferedWriter(file)) {
                all.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write down what was explored", e);
        }
    }

    /**
     * Reads all records of a folder.
     *
     * @param folder the folder
     * @return what they say, by name
     * @throws IOException if one cannot be read
     */
    public static Map<String, Properties> readAll(Path folder) throws IOException {
        Map<String, Properties> all = new TreeMap<>();
        List<Path> files = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(folder, "*.properties")) {
            entries.forEach(files::add);
        }
        for (Path file : files) {
            Properties one = new Properties();
            try (var in = Files.newBufferedReader(file)) {
                one.load(in);
            }
            all.put(one.getProperty("name"), one);
        }
        return all;
    }
}
