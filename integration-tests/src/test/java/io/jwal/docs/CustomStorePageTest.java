package io.jwal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/custom-store.md shows stands in the example, line for line but for the indentation. */
class CustomStorePageTest {
    private static final Path PAGE = Path.of("..", "docs", "custom-store.md");
    private static final Path EXAMPLE = Path.of("..", "examples", "custom-store");
    private static final Pattern SNIPPET = Pattern.compile("```(?:java|xml|text)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^\\s*// …$");

    static Stream<String> snippets() throws IOException {
        return SNIPPET.matcher(Files.readString(PAGE)).results().map(snippet -> snippet.group(1));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void everySnippetIsTakenFromTheExample(String snippet) throws IOException {
        List<String> parts = LEFT_OUT.splitAsStream(snippet)
                .map(CustomStorePageTest::unindented)
                .toList();
        assertThat(exampleFiles()).anySatisfy(file -> assertThat(file).contains(parts));
    }

    @Test
    void thereAreSnippetsToCompare() throws IOException {
        assertThat(snippets()).hasSizeGreaterThan(8);
    }

    private static List<String> exampleFiles() throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(EXAMPLE.resolve("target")))
                    .toList()) {
                contents.add(unindented(Files.readString(file)));
            }
        }
        return contents;
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
    }
}
