package io.jwal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.ConfigException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text is a configuration or a {@link ConfigException}, whatever happened to it. */
class WalConfigFuzzTest {
    private static final int ROUNDS = 3_000;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "true",
        "-1",
        "1e99",
        "0.5",
        "${",
        "${A}",
        "${A:-}",
        "$${",
        "\\u0000",
        "\"type\":\"shelf\"",
        "\"type\":5",
        "9".repeat(30),
        "64MiB",
        "P1D",
        "\uD83D",
        "\u00E4",
        "//",
        " "
    };
    private static final String SOUND = """
            {"store": {"type": "shelf", "label": "a", "boards": 3}, "segment": {"size": "64MiB", "maxAge": "1d"},
             "maxEntry": "64MiB", "maxBatch": "256MiB", "durability": {"mode": "sync", "interval": "100ms"},
             "commit": {"maxDelay": "0ms", "maxBytes": "4MiB"}, "cache": {"bytes": 5},
             "retention": {"maxAge": "30d", "maxBytes": "100GiB", "waitForConsumers": true},
             "recovery": {"onCorruption": "refuse"}}""";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDamagedConfigurationIsNeverMoreThanAMistake(long seed) {
        Random random = new Random(seed);
        int sound = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(SOUND);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int start = random.nextInt(text.length());
                int end = Math.min(text.length(), start + random.nextInt(6));
                text.replace(start, end, random.nextBoolean() ? "" : PIECES[random.nextInt(PIECES.length)]);
            }
            try {
                WalConfig.parse(text.toString());
                sound++;
            } catch (ConfigException e) {
                assertThat(e.problems())
                        .isNotEmpty()
                        .allMatch(problem -> !problem.message().isBlank());
            }
        }
        assertThat(sound).isBetween(1, ROUNDS - 1);
    }
}
