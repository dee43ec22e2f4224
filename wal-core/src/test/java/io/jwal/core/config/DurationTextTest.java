package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "0ms,PT0S",
        "100ms,PT0.1S",
        "0.5ms,PT0.0005S",
        "1.5s,PT1.5S",
        "2m,PT2M",
        "3h,PT3H",
        "30d,PT720H",
        " 7 d ,PT168H",
        "PT0.1S,PT0.1S",
        "p1dt2h,PT26H",
        "999999999999d,PT23999999999976H"
    })
    void bothFormsAreRead(String text, Duration expected) {
        assertThat(DurationText.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "5 years", "1M", "1S", "-5s", "-PT5S", "P1M", "PT", "1e3s", "9999999999999d"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a duration; write a number and ms, s, m, h or d, such as 100ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100", "-1", "0.5"})
    void aNumberNeedsItsUnit(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(text + " has no unit; write a unit, such as 100ms");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0ms",
        "PT0.1S,100ms",
        "PT1.5S,1500ms",
        "PT90S,90s",
        "PT120S,2m",
        "PT3H,3h",
        "P30D,30d",
        "PT0.0005S,PT0.0005S",
        "PT-5S,PT-5S"
    })
    void theLargestWholeUnitIsWritten(Duration duration, String text) {
        assertThat(DurationText.of(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.1S", "PT25H", "PT90061.5S", "PT0.000000001S"})
    void whatIsWrittenIsReadBack(Duration duration) {
        assertThat(DurationText.parse(DurationText.of(duration))).isEqualTo(duration);
    }
}
