package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.ConfigException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ // comment | line 1, column 3: JSON has no comments; remove this one",
                "{ /* comment */ } | line 1, column 3: JSON has no comments; remove this one",
                "# comment | line 1, column 1: JSON has no comments; remove this one",
                "{\"a\": 1,} | line 1, column 9: a closing bracket does not fit here; look for a comma before it,"
                        + " or another bracket",
                "{\"a\": [1,]} | line 1, column 10: a closing bracket does not fit here; look for a comma before it,"
                        + " or another bracket",
                "{\"a\": [1}} | line 1, column 9: a closing bracket does not fit here; look for a comma before it,"
                        + " or another bracket",
                "{'a': 1} | line 1, column 2: JSON has no single quotes; text stands in double quotes",
                "{\"a\": yes} | line 1, column 7: this word is no JSON; text stands in double quotes",
                "{\"a\" 1} | line 1, column 6: \"1\" does not fit here; look for a missing comma, colon or quote",
                "{\"a\": 1 \"b\": 2} | line 1, column 9: \"\"\" does not fit here; look for a missing comma, colon or"
                        + " quote",
                "{\"a\": NaN} | line 1, column 10: this is not valid JSON",
                "{\"a\": \"\\x\"} | line 1, column 9: this is not valid JSON",
                "{\"a\": 01} | line 1, column 8: this is not valid JSON",
                "{\"a\": {\"b\": 1 | line 1, column 14: the text ends too early; a closing brace, bracket or quote is"
                        + " missing",
                "{\"a\": \"b | line 1, column 9: the text ends too early; a closing brace, bracket or quote is missing",
                "{} {} | line 1, column 4: something follows the end of the configuration; remove it",
                "{\"a\": {\"b\": 1, \"b\": 2}} | a.b: this option is written twice; keep one (line 1, column 19)",
                "{\"a\": [{}, {\"b\": 1, \"b\": 2}]} | a[1].b: this option is written twice; keep one (line 1, column 24)",
                "[] | a configuration is an object, such as {\"store\": {\"type\": …}}",
                "\"text\" | a configuration is an object, such as {\"store\": {\"type\": …}}",
                "null | a configuration is an object, such as {\"store\": {\"type\": …}}",
                "`` | this is empty; the least is {\"store\": {\"type\": …}}",
                "` ` | this is empty; the least is {\"store\": {\"type\": …}}",
            })
    void whatIsNotJsonIsToldWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> JsonTree.of(text, new Mistakes("wal.json")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("wal.json: " + message)
                .hasNoCause();
    }

    @Test
    void linesAreCounted() {
        assertThatThrownBy(() -> JsonTree.of("{\n  \"a\": 1\n  \"b\": 2\n}", new Mistakes("wal.json")))
                .hasMessageStartingWith("wal.json: line 3, column 3: ");
    }

    @Test
    void otherEncodingsAreRecognized() {
        assertThatThrownBy(() -> JsonTree.of("\uFEFF{}", new Mistakes("wal.json")))
                .hasMessage("wal.json: this starts with a byte order mark; save it as UTF-8 without one");
        assertThatThrownBy(() -> JsonTree.of("{\0}\0", new Mistakes("wal.json")))
                .hasMessage("wal.json: this is not UTF-8 text, it looks like UTF-16; save it as UTF-8");
    }

    @Test
    void depthAndLengthAreBounded() {
        String tooMuch = "this is too much for a configuration; at most 32 levels of nesting, names of 1024 characters,"
                + " text of 65536, numbers of 100";
        for (String text : new String[] {
            "{\"a\":".repeat(100_000),
            "{\"a\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}",
            "{\"a\":\"" + "x".repeat(70_000) + "\"}",
            "{\"" + "x".repeat(2_000) + "\": 1}",
            "{\"a\":" + "1".repeat(1_000) + "}"
        }) {
            assertThatThrownBy(() -> JsonTree.of(text, new Mistakes("wal.json")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(tooMuch);
        }
        assertThatThrownBy(() -> JsonTree.of(" ".repeat((1 << 20) + 1), new Mistakes("wal.json")))
                .hasMessage("wal.json: this is too large for a configuration; at most 1MiB");
    }

    /** Any text gives a tree or a refusal, quickly. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomTextNeverBreaksTheReader(long seed) {
        Random random = new Random(seed);
        String alphabet = "{}[]\",:${}ab01.e-\\u \n\0'/#truefalsenull";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder("{");
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(JsonTree.of(text.toString(), new Mistakes("seed " + seed)))
                        .isNotNull();
            } catch (ConfigException e) {
                assertThat(e.problems()).hasSize(1);
            }
        }
    }
}
