package io.jwal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.cli.shell.Shell;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;

/**
 * Runs the commands once on a log of its own and says nothing, so that the JVM can archive the classes that they load: the
 * next start then reads them from the archive, in half the time.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Rehearses in the directory that is the one argument; it must not exist. */
    public static void main(String[] arguments) {
        String directory = arguments[0];
        run("append", "--ack", "-d", directory);
        run("append", "-d", directory, "entry");
        run("import", "-d", directory);
        run("stat", "-d", directory);
        run("cat", "-d", directory, "--json");
        run("tail", "-d", directory);
        run("verify", "-d", directory);
        run("inspect", "-d", directory);
        run("truncate", "-d", directory, "--before", "2");
        run("consumers", "-d", directory);
        Main.main(new String[] {"--help"}); // ends the process
    }

    private static void run(String... arguments) {
        ByteArrayInputStream input = new ByteArrayInputStream("line\nline\n".getBytes(UTF_8));
        new Program(Shell.of(input, OutputStream.nullOutputStream(), OutputStream.nullOutputStream())).run(arguments);
    }
}
