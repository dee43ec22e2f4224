package io.jwal.benchmarks;

import io.jwal.benchmarks.run.RunCommand;
import picocli.CommandLine;

/** Where benchmarks/run begins. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RunCommand()).execute(arguments));
    }
}
