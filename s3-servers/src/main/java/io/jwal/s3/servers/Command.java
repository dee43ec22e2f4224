package io.jwal.s3.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Command {
    private static final int OUTPUT_END = 1000;

    private Command() {}

    /** Returns what it printed; that it failed, or took too long, is a reason why there is no server. */
    static String run(Duration limit, List<String> words) throws IOException, S3Source.Unavailable {
        Path output = Files.createTempFile("jwal-command-", ".log");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            if (!await(process, limit)) {
                process.destroyForcibly();
                throw new S3Source.Unavailable("no end within " + limit + ": " + String.join(" ", words));
            }
            String printed = Files.readString(output);
            if (process.exitValue() != 0) {
                String end = printed.substring(Math.max(0, printed.length() - OUTPUT_END));
                throw new S3Source.Unavailable(
                        String.join(" ", words) + " exits with " + process.exitValue() + ": " + end.strip());
            }
            return printed;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean await(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
