package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordRulesTest {
    public record Bucket(
            String bucket,
            @Nullable String prefix,
            @Nullable String region) {}

    @Test
    void anUnknownOptionIsToldWithTheNearestRightOne() {
        assertThat(Reading.of(Bucket.class).mistakes("{'buket': 'logs', 'prefix': 'a/'}"))
                .containsExactly("store.buket: the test store has no such option; did you mean \"bucket\"?");
    }

    @Test
    void anUnknownOptionThatIsNearNothingIsToldWithAllRightOnes() {
        assertThat(Reading.of(Bucket.class).mistakes("{'bucket': 'logs', 'colour': 'red'}"))
                .containsExactly(
                        "store.colour: the test store has no such option; here may stand \"bucket\", \"prefix\","
                                + " \"region\"");
    }

    public record Bare() {}

    @Test
    void aStoreWithoutOptionsSaysSo() {
        assertThat(Reading.of(Bare.class).read("{}")).isEqualTo(new Bare());
        assertThat(Reading.of(Bare.class).mistakes("{'a': 1}"))
                .containsExactly("store.a: the test store has no such option; it has none");
    }

    @Test
    void strangeNamesAreShownOnOneLineAndNotAtAnyLength() {
        assertThat(Reading.of(Bare.class).mistakes("{'a.b': 1, 'x\\ny': 1, '" + "n".repeat(100) + "': 1}"))
                .containsExactly(
                        "store[\"a.b\"]: the test store has no such option; it has none",
                        "store[\"x\\u000ay\"]: the test store has no such option; it has none",
                        "store[\"" + "n".repeat(80) + "…\"]: the test store has no such option; it has none");
    }

    public record Picky(int from, int to, @Nullable Tag tag) {
        public Picky {
            if (from > to) {
                throw new IllegalArgumentException("from is at most to, but got " + from + " and " + to);
            }
        }

        public record Tag(String name) {
            public Tag {
                if (name.isBlank()) {
                    throw new IllegalArgumentException("name is blank");
                }
            }
        }
    }

    @Test
    void whatAConstructorRefusesIsToldAtItsRecord() {
        assertThat(Reading.of(Picky.class).mistakes("{'from': 2, 'to': 1}"))
                .containsExactly("store: from is at most to, but got 2 and 1");
        assertThat(Reading.of(Picky.class).mistakes("{'from': 1, 'to': 1, 'tag': {'name': ' '}}"))
                .containsExactly("store.tag: name is blank");
    }

    @Test
    void aConstructorIsNotAskedAboutValuesThatCouldNotBeRead() {
        assertThat(Reading.of(Picky.class).mistakes("{'from': 2, 'to': 'x'}"))
                .containsExactly("store.to: expected a whole number without quotes");
    }

    public record Careless(@Nullable String name, @Nullable Integer depth) {
        public Careless {
            Objects.requireNonNull(name, "name");
            if (depth != null && depth == 0) {
                throw new IllegalArgumentException();
            }
            if (depth != null && depth < 0) {
                throw new ArithmeticException("negative");
            }
        }
    }

    @Test
    void aConstructorThatWantsMoreThanItDeclaresIsUnderstood() {
        assertThat(Reading.of(Careless.class).mistakes("{}"))
                .containsExactly("store.name: missing; the test store needs it");
        assertThat(Reading.of(Careless.class).mistakes("{'name': 'x', 'depth': 0}"))
                .containsExactly(
                        "store: the test store refuses this, and says only:" + " java.lang.IllegalArgumentException");
        assertThat(Reading.of(Careless.class).mistakes("{'name': 'x', 'depth': -1}"))
                .containsExactly("store: the test store refuses this, and says only:"
                        + " java.lang.ArithmeticException: negative");
    }

    public record Fatal() {
        public Fatal {
            throw new OutOfMemoryError("planted");
        }
    }

    @Test
    void anErrorIsNotTakenForAMistakeInTheFile() {
        assertThatThrownBy(() -> Reading.of(Fatal.class).read("{}"))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("planted");
    }

    public record Mapped(Map<String, String> tags) {}

    public record Generic(List<?> any) {}

    public record Recursive(@Nullable List<Recursive> children) {}

    public record Typed(String type) {}

    @Test
    void aRecordThatNoFileCanFillIsItsProvidersMistake() {
        String provider = "store: the provider of the test store, io.jwal.core.config.TestProvider, is broken: ";
        String supported = "; a configuration record may have String, numbers, boolean, enums, Duration, Path,"
                + " ByteSize, Secret, StoreSpec, records of these and List of these";
        assertThat(Reading.of(Mapped.class).mistakes("{}"))
                .containsExactly(provider
                        + "Mapped.tags: no option can be a java.util.Map<java.lang.String, java.lang.String>"
                        + supported);
        assertThat(Reading.of(Generic.class).mistakes("{}"))
                .containsExactly(provider + "Generic.any: no option can be a ?" + supported);
        assertThat(Reading.of(Recursive.class).mistakes("{}"))
                .containsExactly(
                        provider + "Recursive.children: the record " + Recursive.class.getName() + " contains itself");
        assertThat(Reading.of(Typed.class).mistakes("{}"))
                .containsExactly(provider + "the record " + Typed.class.getName()
                        + " has a component \"type\", which names the provider");
    }
}
