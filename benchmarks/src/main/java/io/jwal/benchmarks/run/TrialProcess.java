package io.jwal.benchmarks.run;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.trial.Json;
import io.jwal.benchmarks.trial.Trial;
import io.jwal.benchmarks.work.Measurement;
import io.jwal.benchmarks.work.TrialSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a piece of work in a process of its own, and ends it when it takes too long. */
final class TrialProcess {
    /** Of every JVM, so that all have the same; only Chronicle Queue and LMDB need the doors opened. */
    static final List<String> FLAGS = List.of(
            "-Xmx2g",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED");

    private static final int SHOWN_LINES = 8;

    private final Path libraries;
    private final Path tidwall;
    private final Path directory;

    /**
     * @param libraries the folder of jars
     * @param tidwall the Go program, which may be missing
     * @param directory for specifications, results and what processes print
     */
    TrialProcess(Path libraries, Path tidwall, Path directory) {
        this.libraries = libraries;
        this.tidwall = tidwall;
        this.directory = directory;
    }

    void prepare(Jdk jdk, TrialSpec spec, Duration patience) throws IOException {
        run(jdk, "prepare", spec, patience);
    }

    Measurement measure(Jdk jdk, TrialSpec spec, Duration patience) throws IOException {
        Path result = run(jdk, "measure", spec, patience);
        return Json.read(result, Measurement.class);
    }

    private Path run(Jdk jdk, String mode, TrialSpec spec, Duration patience) throws IOException {
        Path specFile = directory.resolve("spec.json");
        Path result = directory.resolve("result.json");
        Path output = directory.resolve("output.txt");
        Files.deleteIfExists(result);
        Json.write(specFile, spec);
        List<String> command = command(jdk, spec.peer());
        command.addAll(List.of(mode, specFile.toString(), result.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("not done after " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + spec.peer().title() + " ran", e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("exit code " + process.exitValue() + ": " + shown(output));
        }
        return result;
    }

    private List<String> command(Jdk jdk, PeerKind peer) throws IOException {
        List<String> command = new ArrayList<>();
        if (peer == PeerKind.TIDWALL) {
            if (!Files.isExecutable(tidwall)) {
                throw new IOException("not built: no Go toolchain, or the module could not be had");
            }
            command.add(tidwall.toString());
            return command;
        }
        command.add(jdk.java().toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", libraries + "/*", Trial.class.getName()));
        return command;
    }

    private static String shown(Path output) throws IOException {
        return Files.readAllLines(output).stream()
                .filter(line -> !line.startsWith("WARNING") && !line.startsWith("SLF4J"))
                .limit(SHOWN_LINES)
                .reduce((one, next) -> one + " | " + next.strip())
                .orElse("(no output)");
    }
}
