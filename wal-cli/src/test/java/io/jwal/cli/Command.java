package io.jwal.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jwal.cli.shell.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command in this process, on the log of a directory. */
public final class Command {
    private final Path directory;

    /** Commands on one log. */
    public Command(Path directory) {
        this.directory = directory;
    }

    /** Where the log is. */
    public Path directory() {
        return directory;
    }

    /**
     * What a command has done.
     *
     * @param code what it exits with
     * @param bytes what it wrote to standard output
     * @param err what it wrote to standard error
     */
    public record Outcome(int code, byte[] bytes, String err) {
        /** Standard output as text. */
        public String out() {
            return new String(bytes, UTF_8);
        }

        /** Standard output byte by byte. */
        public String bytesOut() {
            return new String(bytes, ISO_8859_1);
        }

        /** Standard output as JSON. */
        public JsonNode json() throws IOException {
            return new ObjectMapper().readTree(bytes);
        }
    }

    /** Runs a command on the log. */
    public Outcome run(String... arguments) {
        return run(new byte[0], arguments);
    }

    /** Runs a command on the log, with this on standard input. */
    public Outcome run(byte[] input, String... arguments) {
        return run(new ByteArrayInputStream(input), arguments);
    }

    /** Runs a command on the log, with this on standard input. */
    public Outcome run(InputStream input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(1, "--dir=" + directory);
        return runAsIs(input, all.toArray(String[]::new));
    }

    /** Runs a command with these arguments and no others. */
    public static Outcome runAsIs(String... arguments) {
        return runAsIs(InputStream.nullInputStream(), arguments);
    }

    private static Outcome runAsIs(InputStream input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Program(Shell.of(input, out, err)).run(arguments);
        return new Outcome(code, out.toByteArray(), err.toString(UTF_8));
    }
}
