package io.jwal.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Runs scripts in a real shell, in which {@code wal} is the command of this build in a JVM of its own. */
final class Script {
    private final Path directory;
    private final Path commands;

    /** Scripts that run in a directory. */
    Script(Path directory) throws IOException {
        this.directory = directory;
        this.commands = Files.createDirectories(directory.resolve(".commands"));
        Path wal = commands.resolve("wal");
        Files.writeString(
                wal,
                String.join(
                        " ",
                        "#!/bin/sh\nexec",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx256m",
                        "--enable-native-access=ALL-UNNAMED $JWAL_OPTS -cp",
                        "'" + System.getProperty("java.class.path") + "'",
                        "io.jwal.cli.Main \"$@\"\n"));
        Files.setPosixFilePermissions(wal, PosixFilePermissions.fromString("rwx------"));
    }

    /**
     * What a script has done.
     *
     * @param code what it exited with
     * @param out what it wrote, to standard output and error together
     */
    record Outcome(int code, String out) {}

    /** Starts a script; nobody reads from it yet. */
    Process start(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-c", script));
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().merge("PATH", commands.toString(), (path, ours) -> ours + ":" + path);
        builder.environment().keySet().removeAll(List.of("WAL_DIR", "WAL_CONFIG", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    /** Runs a script to its end. */
    Outcome run(String script) throws IOException, InterruptedException {
        Process process = start(script);
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), out);
    }
}
