package io.jwal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLimitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'segment': {'size': 4095} | segment.size: 4095B is too small; at least 4KiB",
                "'maxEntry': 0 | maxEntry: 0B is too small; at least 1B",
                "'commit': {'maxBytes': 0} | commit.maxBytes: 0B is too small; at least 4KiB",
                "'retention': {'maxBytes': '1KiB'} | retention.maxBytes: 1KiB is too small; at least 4KiB",
                "'maxEntry': '2MiB', 'maxBatch': '1MiB'"
                        + " | maxBatch: 1MiB is less than maxEntry, 2MiB; a batch takes every entry",
                "'commit': {'maxBytes': '2MiB'}, 'maxBatch': '1MiB'"
                        + " | commit.maxBytes: 2MiB is more than maxBatch, 1MiB; a commit is one batch",
                "'segment': {'size': '1GiB'}, 'maxBatch': '960MiB'"
                        + " | segment.size: 1GiB and maxBatch, 960MiB, do not fit into one segment;"
                        + " together they stay below 1984MiB",
                "'maxBatch': '2GiB' | maxBatch: 2GiB does not fit into one segment; stay below 1984MiB",
                "'maxEntry': '2GiB' | maxEntry: 2GiB does not fit into one segment; stay below 1984MiB",
                "'maxBatch': '8191PiB' | maxBatch: unknown unit in \"8191PiB\"; use B, KiB, MiB, GiB, TiB"
                        + " (powers of 1024) or KB, MB, GB, TB (powers of 1000)",
                "'segment': {'maxAge': '0s'} | segment.maxAge: 0ms is not above zero; leave it out for the default",
                "'retention': {'maxAge': '0d'} | retention.maxAge: 0ms is not above zero; leave it out for the default",
                "'durability': {'interval': '0ms'}"
                        + " | durability.interval: 0ms is not above zero; leave it out for the default",
                "'commit': {'maxDelay': '36501d'} | commit.maxDelay: 36501d is too long; at most 36500d",
                "'retention': {'maxAge': '999999999999d'}"
                        + " | retention.maxAge: 999999999999d is too long; at most 36500d",
            })
    void whatCannotHoldIsRefused(String options, String message) {
        assertThatThrownBy(() -> parse(options)).hasMessage("configuration: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'segment': {'size': '4KiB'}",
                "'maxEntry': 1, 'maxBatch': '4KiB'",
                "'maxEntry': '1MiB', 'maxBatch': '1MiB', 'commit': {'maxBytes': '1MiB'}",
                "'segment': {'size': '1GiB'}, 'maxBatch': '959MiB'",
                "'segment': {'size': '1727MiB'}",
                "'commit': {'maxDelay': '0ms'}",
                "'cache': {'bytes': 0}",
                "'retention': {'maxAge': '36500d'}"
            })
    void theBoundsThemselvesHold(String options) {
        assertThat(parse(options)).isNotNull();
    }

    /** What maxBatch would have been is anybody's guess, so nothing is said of how the others relate to it. */
    @Test
    void anOptionThatCouldNotBeReadCausesNoFurtherMistakes() {
        assertThatThrownBy(() -> parse("'maxEntry': '512MiB', 'maxBatch': 'much', 'commit': {'maxBytes': '1GiB'}"))
                .hasMessage("configuration: maxBatch: not a size: \"much\"; write bytes or a unit, such as 64MiB");
    }

    private static WalConfig parse(String options) {
        return WalConfig.parse("{'store': {'type': 'memory'}, ".replace('\'', '"') + options.replace('\'', '"') + "}");
    }
}
