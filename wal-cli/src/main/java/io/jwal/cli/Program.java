package io.jwal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.cli.command.AppendCommand;
import io.jwal.cli.command.ArchiveCommand;
import io.jwal.cli.command.ArchiveRestoreCommand;
import io.jwal.cli.command.ArchiveStatusCommand;
import io.jwal.cli.command.ArchiveTakeoverCommand;
import io.jwal.cli.command.ArchiveVerifyCommand;
import io.jwal.cli.command.CatCommand;
import io.jwal.cli.command.CheckConfigCommand;
import io.jwal.cli.command.ConfigCommand;
import io.jwal.cli.command.ConsumersCommand;
import io.jwal.cli.command.CopyCommand;
import io.jwal.cli.command.ImportCommand;
import io.jwal.cli.command.InspectCommand;
import io.jwal.cli.command.ReadCommand;
import io.jwal.cli.command.RemoveConsumerCommand;
import io.jwal.cli.command.StatCommand;
import io.jwal.cli.command.StoresCommand;
import io.jwal.cli.command.TailCommand;
import io.jwal.cli.command.TruncateCommand;
import io.jwal.cli.command.VerifyCommand;
import io.jwal.cli.shell.ExitCode;
import io.jwal.cli.shell.FailureReport;
import io.jwal.cli.shell.Shell;
import io.jwal.store.SegmentId;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** All commands put together, and what happens around each of them. */
public final class Program {
    private final Shell shell;
    private final WalCommand root = new WalCommand();

    /** The program in a shell. */
    public Program(Shell shell) {
        this.shell = shell;
    }

    /**
     * Runs the command that the arguments name.
     *
     * @return what the process is to exit with
     */
    public int run(String... arguments) {
        int code = commandLine(arguments).execute(arguments);
        try {
            shell.out().flush();
        } catch (IOException e) {
            int failed = new FailureReport(shell, root.isVerbose()).report(e);
            return code == ExitCode.OK.code() ? failed : code;
        }
        return code;
    }

    private CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(root);
        commands(arguments).forEach((name, command) -> line.addSubcommand(command.get()));
        line.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        return line.setOut(new PrintWriter(new OutputStreamWriter(shell.out(), UTF_8), true))
                .setErr(new PrintWriter(shell.err(), true, UTF_8))
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setExpandAtFiles(false) // an entry may begin with @
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(SegmentId.class, SegmentId::parse)
                .setParameterExceptionHandler(this::misuse)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
    }

    /** The one command that is called, for each costs time to look through; all of them for help and misspellings. */
    private Map<String, Supplier<CommandLine>> commands(String... arguments) {
        Map<String, Supplier<CommandLine>> all = all();
        for (String argument : arguments) {
            Supplier<CommandLine> called = all.get(argument);
            if (called != null) {
                return Map.of(argument, called);
            }
            if (!argument.equals("--verbose")) {
                break;
            }
        }
        return all;
    }

    private Map<String, Supplier<CommandLine>> all() {
        Map<String, Supplier<CommandLine>> all = new LinkedHashMap<>();
        all.put("import", () -> new CommandLine(new ImportCommand(shell)));
        all.put("append", () -> new CommandLine(new AppendCommand(shell)));
        all.put("cat", () -> new CommandLine(new CatCommand(shell)));
        all.put("tail", () -> new CommandLine(new TailCommand(shell)));
        all.put("read", () -> new CommandLine(new ReadCommand(shell)));
        all.put("stat", () -> new CommandLine(new StatCommand(shell)));
        all.put("inspect", () -> new CommandLine(new InspectCommand(shell)));
        all.put("verify", () -> new CommandLine(new VerifyCommand(shell)));
        all.put("truncate", () -> new CommandLine(new TruncateCommand(shell)));
        all.put(
                "consumers",
                () -> new CommandLine(new ConsumersCommand(shell)).addSubcommand(new RemoveConsumerCommand(shell)));
        all.put("copy", () -> new CommandLine(new CopyCommand(shell)));
        all.put("archive", () -> archive(shell));
        all.put("stores", () -> new CommandLine(new StoresCommand(shell)));
        all.put("config", () -> new CommandLine(new ConfigCommand()).addSubcommand(new CheckConfigCommand(shell)));
        return all;
    }

    private static CommandLine archive(Shell shell) {
        return new CommandLine(new ArchiveCommand())
                .addSubcommand(new ArchiveStatusCommand(shell))
                .addSubcommand(new ArchiveVerifyCommand(shell))
                .addSubcommand(new ArchiveRestoreCommand(shell))
                .addSubcommand(new ArchiveTakeoverCommand(shell));
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.code()), code.meaning());
        }
        return codes;
    }

    private int misuse(CommandLine.ParameterException failure, String[] arguments) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        shell.say(failure.getMessage() + "; `" + command + " --help` lists what there is");
        return ExitCode.MISUSE.code();
    }

    /** What was written before the failure comes out before the message. */
    private int failed(Exception failure) {
        FailureReport report = new FailureReport(shell, root.isVerbose());
        try {
            shell.out().flush();
        } catch (IOException e) {
            return report.report(e);
        }
        return report.report(failure);
    }
}
