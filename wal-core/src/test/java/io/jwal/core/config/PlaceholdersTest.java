package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("DIR", "/var", "_N1", "5", "EMPTY", "", "NESTED", "${DIR}");

    private final Placeholders placeholders = new Placeholders(ENVIRONMENT::get);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain|plain",
                "${DIR}|/var",
                "${DIR}/wal|/var/wal",
                "${DIR}-${_N1}-${DIR}|/var-5-/var",
                "${UNSET:-./data}|./data",
                "${UNSET:-a:-b}|a:-b",
                "${EMPTY:-./data}|./data",
                "${DIR:-./data}|/var",
                "$${DIR}|${DIR}",
                "$$${DIR}|$${DIR}",
                "$DIR costs $5|$DIR costs $5",
                "${NESTED}|${DIR}",
                "a}b|a}b",
            })
    void valuesAreTakenFromTheEnvironment(String written, String expected) {
        assertThat(placeholders.expand(written).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${UNSET:-}", "${EMPTY}", "${EMPTY}${UNSET:-}"})
    void whatIsMadeOfEmptyPlaceholdersVanishes(String written) {
        assertThat(placeholders.vanish(written)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "${DIR}", "${EMPTY}/", "${UNSET}", "${"})
    void nothingElseVanishes(String written) {
        assertThat(placeholders.vanish(written)).isFalse();
    }

    @Test
    void aVariableThatIsNotSetIsNamed() {
        assertThatThrownBy(() -> placeholders.expand("x${UNSET}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the environment variable UNSET is not set; set it, or write ${UNSET:-…} with a default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pass${word | a placeholder does not end",
                "${} | a placeholder is not understood, and they do not nest",
                "${my-dir} | a placeholder is not understood, and they do not nest",
                "${1ST} | a placeholder is not understood, and they do not nest",
                "${A:=b} | a placeholder is not understood, and they do not nest",
                "${A:-${B}} | a placeholder is not understood, and they do not nest",
            })
    void whatIsNoPlaceholderIsRefusedWithoutRepeatingTheText(String written, String reason) {
        assertThatThrownBy(() -> placeholders.expand(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason + "; write ${NAME} or ${NAME:-default}, or $${ for a literal ${");
    }

    @Test
    void theEnvironmentCannotMakeATextEndless() {
        Placeholders large = new Placeholders(name -> "x".repeat(ConfigLimits.STRING));
        assertThatThrownBy(() -> large.expand("${A}${A}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the environment makes this longer than 65536 characters");
    }

    public record Typed(
            @Nullable Integer number,
            @Nullable Boolean flag,
            @Nullable Duration time,
            @Nullable ByteSize size,
            @Nullable List<String> names) {}

    @Test
    void theEnvironmentsTextIsReadAsWhatTheOptionIs() {
        assertThat(Reading.of(Typed.class)
                        .with("N", "42")
                        .with("F", "TRUE")
                        .with("T", "5s")
                        .with("S", "1048576")
                        .read("{'number': '${N}', 'flag': '${F}', 'time': '${T}', 'size': '${S}', 'names': ['${N}']}"))
                .isEqualTo(new Typed(42, true, Duration.ofSeconds(5), ByteSize.ofMebibytes(1), List.of("42")));
    }

    @Test
    void anOptionalValueThatTheEnvironmentLeavesEmptyIsNotThere() {
        assertThat(Reading.of(Typed.class)
                        .with("F", "")
                        .read("{'number': '${N:-}', 'flag': '${F}', 'time': '${T:-}', 'size': '${S:-}'}"))
                .isEqualTo(new Typed(null, null, null, null, null));
    }

    @Test
    void wrongTextFromTheEnvironmentIsToldAtItsPlace() {
        assertThat(Reading.of(Typed.class)
                        .with("N", "many")
                        .with("F", "yes")
                        .with("T", "100")
                        .mistakes("{'number': '${N}', 'flag': '${F}', 'time': '${T}', 'size': '${S}'}"))
                .containsExactly(
                        "store.number: \"many\" is not a whole number",
                        "store.flag: \"yes\" is neither true nor false",
                        "store.time: 100 has no unit; write a unit, such as 100ms",
                        "store.size: the environment variable S is not set; set it, or write ${S:-…} with a default");
    }
}
