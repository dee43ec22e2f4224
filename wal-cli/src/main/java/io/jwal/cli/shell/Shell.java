package io.jwal.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a command gets from the shell that runs it.
 *
 * @param in standard input
 * @param out standard output, for what was asked for
 * @param err standard error, for people: failures, warnings, progress
 * @param environment the value of an environment variable, or null
 * @param showsProgress whether somebody watches standard error
 */
public record Shell(
        InputStream in,
        Output out,
        PrintStream err,
        UnaryOperator<@Nullable String> environment,
        boolean showsProgress) {

    private static final int STDERR = 2;

    /** The streams of this process. */
    public static Shell ofProcess() {
        return new Shell(
                // FileInputStream.readNBytes asks where it stands, which a pipe cannot say
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new Output(new FileOutputStream(FileDescriptor.out)),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
                System::getenv,
                Terminal.isBehind(STDERR));
    }

    /** Given streams, as tests do. */
    public static Shell of(InputStream in, OutputStream out, OutputStream err) {
        return new Shell(in, new Output(out), new PrintStream(err, true, UTF_8), name -> null, false);
    }

    /** Says something to people, on a line of its own. */
    public void say(String message) {
        err.println("wal: " + message);
    }
}
