package io.jwal.cli;

import io.jwal.cli.shell.ProgramLogs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code wal} itself: it heads the others. */
@Command(
        name = "wal",
        description = "Writes, reads and looks after write-ahead logs.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        usageHelpAutoWidth = false)
final class WalCommand {
    private boolean verbose;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show stack traces of failures, and all that is logged.")
    void setVerbose(boolean chosen) {
        verbose = chosen;
        if (chosen) {
            ProgramLogs.showAll();
        }
    }

    boolean isVerbose() {
        return verbose;
    }
}
