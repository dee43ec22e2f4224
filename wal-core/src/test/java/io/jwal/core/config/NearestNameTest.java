package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES =
            List.of("bucket", "prefix", "region", "maxEntry", "maxBatch", "waitForConsumers", "s3");

    @ParameterizedTest
    @CsvSource({
        "buket,bucket",
        "bukcet,bucket",
        "BUCKET,bucket",
        "prefixx,prefix",
        "maxentry,maxEntry",
        "max_batch,maxBatch",
        "waitForConsumer,waitForConsumers",
        "s4,s3"
    })
    void aSlipOfTheFingersIsUnderstood(String misspelt, String meant) {
        assertThat(NearestName.in(NAMES, misspelt)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"color", "size", "zone", "maximum", "''"})
    void anotherWordIsNot(String misspelt) {
        assertThat(NearestName.in(NAMES, misspelt)).isEmpty();
    }

    @Test
    void aVeryLongNameCostsLittle() {
        assertThat(NearestName.in(List.of("a".repeat(1000)), "b".repeat(1000))).isEmpty();
    }
}
