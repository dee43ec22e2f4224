package io.jwal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fuzzing by coverage: each reader for as long as {@code -Djwal.fuzz.seconds} says, which is not at all unless it is
 * given. Jazzer runs as a process, from the inputs that are there; what it finds worth keeping is added to
 * {@code src/test/corpus} with {@code -Djwal.fuzz.keep=true}, and what fails, always.
 */
@Tag("proof")
class JazzerTest {
    private static final int SECONDS = Integer.getInteger("jwal.fuzz.seconds", 0);
    private static final boolean KEEP = Boolean.getBoolean("jwal.fuzz.keep");
    private static final int LONGEST_INPUT = 6 << 10;

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void nothingIsFound(Readers reader) throws Exception {
        assumeTrue(SECONDS > 0, "not fuzzed: say for how long each reader is to be, -Djwal.fuzz.seconds=60");
        Path work = Files.createDirectories(Path.of("target", "fuzz", reader.folder()));
        Path seeds = Files.createDirectories(work.resolve("seeds"));
        Path found = Files.createDirectories(work.resolve("found"));
        Path kept = Files.createDirectories(Corpus.kept(reader));
        List<byte[]> inputs = Corpus.of(reader);
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(seeds.resolve(Integer.toString(i)), inputs.get(i));
        }
        int exit = jazzer(
                reader,
                work,
                "-max_total_time=" + SECONDS,
                "-timeout=20",
                "-artifact_prefix=" + kept + "/",
                found.toString(),
                kept.toString(),
                seeds.toString());
        if (exit == 0 && KEEP) {
            exit = jazzer(
                    reader, work, "-merge=1", "-artifact_prefix=" + kept + "/", kept.toString(), found.toString());
        }
        assertThat(exit)
                .as("the last lines of %s, and what was added to %s", work.resolve("log"), kept)
                .isZero();
    }

    private static int jazzer(Readers reader, Path work, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-Djwal.fuzz.reader=" + reader,
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file"),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--instrumentation_includes=io.jwal.**:com.fasterxml.jackson.core.**",
                "--disabled_hooks=**",
                "--reproducer_path=" + work,
                "-max_len=" + LONGEST_INPUT,
                "-rss_limit_mb=3000"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile())
                .start();
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        lastLines(reader, work);
        return process.exitValue();
    }

    private static void lastLines(Readers reader, Path work) throws IOException {
        List<String> lines = Files.readAllLines(work.resolve("log"));
        lines.subList(Math.max(0, lines.size() - 3), lines.size())
                .forEach(line -> System.out.println(reader + ": " + line));
    }
}
