package io.jwal.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.ConfigException;
import io.jwal.core.WalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/configuration.md says is so. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern RIGHT = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WRONG =
            Pattern.compile("```json wrong\\n(.*?)```.*?```text\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("^\\| (`[\\w.]+`(?:, `[\\w.]+`)*) \\|", Pattern.MULTILINE);

    static Stream<String> rightExamples() throws IOException {
        return RIGHT.matcher(Files.readString(PAGE)).results().map(example -> example.group(1));
    }

    @ParameterizedTest
    @MethodSource("rightExamples")
    void whatIsShownAsRightIsAccepted(String config) {
        assertThat(WalConfig.parse(config).storeType()).isIn("file", "memory", "s3", "tiered", "archive");
    }

    static Stream<List<String>> wrongExamples() throws IOException {
        return WRONG.matcher(Files.readString(PAGE))
                .results()
                .map(example -> List.of(example.group(1), example.group(2)));
    }

    @ParameterizedTest
    @MethodSource("wrongExamples")
    void whatIsShownAsWrongIsRefusedWithTheMessageShown(List<String> configAndMessage, @TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("wal.json"), configAndMessage.get(0));
        assertThatThrownBy(() -> WalConfig.load(file))
                .isInstanceOf(ConfigException.class)
                .extracting(failure -> failure.getMessage()
                        .replace(file.toString(), "wal.json")
                        .lines()
                        .toList())
                .isEqualTo(configAndMessage.get(1).lines().toList());
    }

    @Test
    void thePageHasExamplesOfBoth() throws IOException {
        assertThat(rightExamples()).hasSizeGreaterThan(5);
        assertThat(wrongExamples()).hasSizeGreaterThan(1);
    }

    /** The schema follows from the code; the page is written by hand. */
    @Test
    void everyOptionIsExplained() throws IOException {
        String page = Files.readString(PAGE);
        Matcher explained = OPTION.matcher(page);
        List<String> options = explained
                .results()
                .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", ")))
                .toList();
        assertThat(SchemaOptions.of(WalConfig.jsonSchema())).isSubsetOf(options);
    }
}
