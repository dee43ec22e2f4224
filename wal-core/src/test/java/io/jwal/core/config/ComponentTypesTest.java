package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.ByteSize;
import io.jwal.store.Secret;
import io.jwal.store.StoreSpec;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentTypesTest {
    public enum Color {
        RED,
        DARK_BLUE
    }

    public record Inner(String name, @Nullable Duration age) {}

    public record Everything(
            String text,
            byte tiny,
            short small,
            int whole,
            long large,
            float rough,
            double fine,
            boolean flag,
            Integer boxedWhole,
            Double boxedFine,
            Boolean boxedFlag,
            Color color,
            Duration time,
            Path path,
            ByteSize size,
            Secret secret,
            Inner inner,
            List<String> names,
            List<Inner> inners,
            List<List<Integer>> grid,
            StoreSpec nested,
            List<StoreSpec> stores) {}

    @Test
    void everySupportedTypeIsBound() {
        Object read = Reading.of(Everything.class, new ShelfProvider()).read("""
                        {'text': 'a', 'tiny': -128, 'small': 32767, 'whole': -7, 'large': 9223372036854775807,
                         'rough': 0.5, 'fine': 1e3, 'flag': true,
                         'boxedWhole': 8, 'boxedFine': 2, 'boxedFlag': false,
                         'color': 'Dark_Blue', 'time': '1.5h', 'path': 'data/x', 'size': '4KiB', 'secret': 'hush',
                         'inner': {'name': 'i'}, 'names': ['x', 'y'], 'inners': [{'name': 'j', 'age': 'PT1M'}],
                         'grid': [[1], [], [2, 3]],
                         'nested': {'type': 'shelf', 'label': 'n'}, 'stores': [{'type': 'shelf', 'label': 's'}]}""");
        assertThat(read)
                .isEqualTo(new Everything(
                        "a",
                        (byte) -128,
                        Short.MAX_VALUE,
                        -7,
                        Long.MAX_VALUE,
                        0.5f,
                        1000.0,
                        true,
                        8,
                        2.0,
                        false,
                        Color.DARK_BLUE,
                        Duration.ofMinutes(90),
                        Path.of("data/x"),
                        ByteSize.ofKibibytes(4),
                        new Secret("hush"),
                        new Inner("i", null),
                        List.of("x", "y"),
                        List.of(new Inner("j", Duration.ofMinutes(1))),
                        List.of(List.of(1), List.of(), List.of(2, 3)),
                        new StoreSpec("shelf", new ShelfProvider.ShelfConfig("n", null)),
                        List.of(new StoreSpec("shelf", new ShelfProvider.ShelfConfig("s", null)))));
    }

    @Test
    void everyComponentThatIsMissingIsAMistakeOfItsOwn() {
        assertThat(Reading.of(Everything.class).mistakes("{}"))
                .containsExactly(
                        "store.text: missing; write text",
                        "store.tiny: missing; write a whole number",
                        "store.small: missing; write a whole number",
                        "store.whole: missing; write a whole number",
                        "store.large: missing; write a whole number",
                        "store.rough: missing; write a number",
                        "store.fine: missing; write a number",
                        "store.flag: missing; write true or false",
                        "store.boxedWhole: missing; write a whole number",
                        "store.boxedFine: missing; write a number",
                        "store.boxedFlag: missing; write true or false",
                        "store.color: missing; write one of \"red\", \"dark_blue\"",
                        "store.time: missing; write a duration, such as 100ms",
                        "store.path: missing; write a path, such as ./data",
                        "store.size: missing; write a size, such as 64MiB",
                        "store.secret: missing; write text, such as ${NAME} to take it from the environment",
                        "store.inner.name: missing; write text",
                        "store.names: missing; write a list, such as [ ]",
                        "store.inners: missing; write a list, such as [ ]",
                        "store.grid: missing; write a list, such as [ ]",
                        "store.nested: missing; write a store, such as {\"type\": \"file\", …}",
                        "store.stores: missing; write a list, such as [ ]");
    }

    /** Values of the wrong kind are never repeated: they may be secrets in the wrong place. */
    @Test
    void everyValueOfTheWrongKindIsAMistakeOfItsOwn() {
        assertThat(Reading.of(Everything.class).mistakes("""
                        {'text': 5, 'tiny': true, 'small': '5', 'whole': [], 'large': {}, 'rough': '0.5', 'fine': null,
                         'flag': 'true', 'boxedWhole': 1.5, 'boxedFine': '', 'boxedFlag': 0, 'color': 1,
                         'time': 100, 'path': false, 'size': 1.5, 'secret': 12345, 'inner': 'text',
                         'names': 'x', 'inners': [5], 'grid': [[1, 'x']], 'nested': 'file', 'stores': [null]}"""))
                .containsExactly(
                        "store.text: expected text, but got a number",
                        "store.tiny: expected a whole number, but got true or false",
                        "store.small: expected a whole number without quotes",
                        "store.whole: expected a whole number, but got a list",
                        "store.large: expected a whole number, but got an object",
                        "store.rough: expected a number without quotes",
                        "store.fine: expected a number, but got null",
                        "store.flag: expected true or false without quotes",
                        "store.boxedWhole: 1.5 is not a whole number from -2147483648 to 2147483647",
                        "store.boxedFine: expected a number without quotes",
                        "store.boxedFlag: expected true or false, but got a number",
                        "store.color: expected one of \"red\", \"dark_blue\", but got a number",
                        "store.time: 100 has no unit; write a unit, such as 100ms",
                        "store.path: expected a path, such as ./data, but got true or false",
                        "store.size: expected a size, such as 64MiB, but got a number",
                        "store.secret: expected text, such as ${NAME} to take it from the environment,"
                                + " but got a number",
                        "store.inner: expected an object, such as { }, but got text",
                        "store.names: expected a list, such as [ ], but got text",
                        "store.inners[0]: expected an object, such as { }, but got a number",
                        "store.grid[0][1]: expected a whole number without quotes",
                        "store.nested: expected a store, such as {\"type\": \"file\", …}, but got text",
                        "store.stores[0]: expected a store, such as {\"type\": \"file\", …}, but got null");
    }

    public record Numbers(
            @Nullable Byte tiny,
            @Nullable Short small,
            @Nullable Integer whole,
            @Nullable Long large,
            @Nullable Float rough,
            @Nullable Double fine) {}

    @ParameterizedTest
    @CsvSource({
        "tiny,128,a whole number from -128 to 127",
        "small,-32769,a whole number from -32768 to 32767",
        "whole,2147483648,a whole number from -2147483648 to 2147483647",
        "large,9223372036854775808,a whole number from -9223372036854775808 to 9223372036854775807",
        "large,1E+999999999,a whole number from -9223372036854775808 to 9223372036854775807",
        "rough,1E+39,a number that fits",
        "fine,1E+309,a number that fits"
    })
    void numbersThatDoNotFitAreRefused(String name, String number, String range) {
        assertThat(Reading.of(Numbers.class).mistakes("{'" + name + "': " + number + "}"))
                .containsExactly("store." + name + ": " + number + " is not " + range);
    }

    @Test
    void aWholeNumberMayBeWrittenWithAnExponent() {
        assertThat(Reading.of(Numbers.class).read("{'whole': 1e3, 'tiny': 5.0}"))
                .isEqualTo(new Numbers((byte) 5, null, 1000, null, null, null));
    }

    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface OnComponents {
        @Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
        @Retention(RetentionPolicy.RUNTIME)
        @interface Nullable {}
    }

    public record Optionals(
            @Nullable String onTheType,
            @OnComponents.Nullable String onTheComponent,
            @Nullable List<String> list,
            @Nullable Inner inner,
            @Nullable StoreSpec nested) {}

    @Test
    void anyAnnotationOfTheNameNullableMakesAComponentOptional() {
        assertThat(Reading.of(Optionals.class).read("{}")).isEqualTo(new Optionals(null, null, null, null, null));
    }

    @Test
    void nullIsNoWayToLeaveAnOptionOut() {
        assertThat(Reading.of(Optionals.class).mistakes("{'onTheType': null, 'inner': null}"))
                .containsExactly(
                        "store.onTheType: null is no value; leave the option out for its default",
                        "store.inner: null is no value; leave the option out for its default");
    }

    public record Relaxed(Soft soft) {
        public record Soft(@Nullable Integer level) {}
    }

    @Test
    void aGroupInWhichNothingIsMandatoryMayBeLeftOut() {
        assertThat(Reading.of(Relaxed.class).read("{}")).isEqualTo(new Relaxed(new Relaxed.Soft(null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'path': ''} | store.path: a path is not empty; write . for the working directory",
                "{'path': '~/data'} | store.path: ~ is a shell's word and means nothing here; write ${HOME}",
                "{'path': 'a\\u0000b'} | store.path: \"a\\u0000b\" is not a path: Nul character not allowed",
                "{'size': '64 potatoes'} | store.size: unknown unit in \"64 potatoes\"; use B, KiB, MiB, GiB, TiB"
                        + " (powers of 1024) or KB, MB, GB, TB (powers of 1000)",
                "{'size': -1} | store.size: not a size: \"-1\"; write bytes or a unit, such as 64MiB",
                "{'time': 'soon'} | store.time: \"soon\" is not a duration; write a number and ms, s, m, h or d,"
                        + " such as 100ms",
                "{'color': 'rad'} | store.color: \"rad\" is not one of \"red\", \"dark_blue\"; did you mean \"red\"?",
                "{'color': 'green'} | store.color: \"green\" is not one of \"red\", \"dark_blue\"",
            })
    void aWrongValueIsToldWithWhatIsRight(String options, String message) {
        assertThat(Reading.of(Values.class).mistakes(options)).containsExactly(message);
    }

    public record Values(
            @Nullable Path path,
            @Nullable ByteSize size,
            @Nullable Duration time,
            @Nullable Color color) {}
}
