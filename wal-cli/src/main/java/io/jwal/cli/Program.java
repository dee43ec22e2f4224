package io.jwal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.cli.command.AppendCommand;
import io.jwal.cli.command.CatCommand;
import io.jwal.cli.command.CheckConfigCommand;
import io.jwal.cli.command.ConfigCommand;
import io.jwal.cli.command.ConsumersCommand;
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
        int code = commandLine().execute(arguments);
        try {
            shell.out().flush();
        } catch (IOException e) {
            int failed = new FailureReport(shell, root.isVerbose()).report(e);
            return code == ExitCode.OK.code() ? failed : code;
        }
        return code;
    }

    private CommandLine commandLine() {
        CommandLine line = new CommandLine(root)
                .addSubcommand(new ImportCommand(shell))
                .addSubcommand(new AppendCommand(shell))
                .addSubcommand(new CatCommand(shell))
                .addSubcommand(new TailCommand(shell))
                .addSubcommand(new ReadCommand(shell))
                .addSubcommand(new StatCommand(shell))
                .addSubcommand(new InspectCommand(shell))
                .addSubcommand(new VerifyCommand(shell))
                .addSubcommand(new TruncateCommand(shell))
                .addSubcommand(
                        new CommandLine(new ConsumersCommand(shell)).addSubcommand(new RemoveConsumerCommand(shell)))
                .addSubcommand(new StoresCommand(shell))
                .addSubcommand(new CommandLine(new ConfigCommand()).addSubcommand(new CheckConfigCommand(shell)));
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
