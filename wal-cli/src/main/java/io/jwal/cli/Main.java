package io.jwal.cli;

import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.FailureReport;
import io.jwal.cli.shell.Shell;

/** Where the program begins. */
final class Main {
    private Main() {}

    /** Runs a command and ends the process. */
    public static void main(String[] arguments) {
        Shell shell = Shell.ofProcess();
        int code = ExitCode.INTERNAL.code();
        try {
            code = new Program(shell).run(arguments);
        } catch (Error e) { // the JVM would exit with 1, which means something else
            code = new FailureReport(shell, true).report(e);
        } finally {
            System.exit(code);
        }
    }
}
