package io.jwal.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.cli.Command;
import io.jwal.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pages show is what happens: the sessions of a page are run one after the other in one directory. */
@DisabledOnOs(OS.WINDOWS)
class CommandPageTest {
    private static final Path PAGE = Path.of("..", "docs", "cli.md");
    private static final String PROMPT = "$ ";

    /** A command of a session and what it is to say; {@code …} stands for anything, on a line of its own for any lines. */
    private record Step(String command, String expected) {
        Pattern pattern() {
            String quoted = Arrays.stream(expected.split("(?<=\n)"))
                    .map(line -> line.equals("…\n") ? "(?:.*\n)*?" : quote(line))
                    .collect(Collectors.joining());
            return Pattern.compile(quoted);
        }

        private static String quote(String line) {
            return Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        }
    }

    private static List<Step> steps(Path page) throws IOException {
        List<Step> steps = new ArrayList<>();
        List<String> sessions = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        for (String session : sessions) {
            for (String step : session.split("(?m)^(?=\\$ )")) {
                int end = step.indexOf('\n');
                steps.add(new Step(step.substring(PROMPT.length(), end), step.substring(end + 1)));
            }
        }
        return steps;
    }

    @ParameterizedTest
    @CsvSource({"cli.md, 40", "operations.md, 15"})
    void everySessionRunsAsShown(String page, int fewest, @TempDir Path scratch) throws Exception {
        Script shell = new Script(scratch);
        int code = 0;
        List<Step> steps = steps(PAGE.resolveSibling(page));
        assertThat(steps).hasSizeGreaterThan(fewest);
        SoftAssertions all = new SoftAssertions();
        for (Step step : steps) {
            if (step.command().equals("echo $?")) {
                all.assertThat(code + "\n").isEqualTo(step.expected());
                continue;
            }
            Script.Outcome done = shell.run(step.command());
            all.assertThat(done.out()).as("$ " + step.command()).matches(step.pattern());
            code = done.code();
        }
        all.assertAll();
    }

    @Test
    void everyCommandHasItsSection() throws IOException {
        String page = Files.readString(PAGE);
        Pattern.compile("(?m)^  ([a-z]+)  ")
                .matcher(Command.runAsIs("--help").out().replaceAll("(?s).*Commands:|Exit codes:.*", ""))
                .results()
                .map(command -> command.group(1))
                .forEach(name -> assertThat(page).containsPattern("(?m)^## ([a-z]+, )*" + name));
    }

    @Test
    void everyExitCodeIsListed() throws IOException {
        String page = Files.readString(PAGE).replace("`", "");
        for (ExitCode code : ExitCode.values()) {
            assertThat(page)
                    .contains("| " + code.code() + " | " + code.meaning().replace(")", ""));
        }
    }
}
