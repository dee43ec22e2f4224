package io.jwal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The wal command. */
@Command(name = "wal", mixinStandardHelpOptions = true, version = "wal 0.1.0-SNAPSHOT")
final class Main implements Runnable {
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
