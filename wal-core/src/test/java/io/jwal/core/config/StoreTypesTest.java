package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.ConfigException;
import io.jwal.store.MetricsSink;
import io.jwal.store.StoreSpec;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreTypesTest {
    public record Options(@Nullable String name) {}

    public record OtherOptions(@Nullable String name) {}

    private static final StoreTypes NONE = StoreTypes.of(List.of());
    private static final StoreTypes ONE = StoreTypes.of(List.of(new TestProvider<>("mine", Options.class)));

    @Test
    void theServiceLoaderFindsProviders() {
        assertThat(StoreTypes.installed().names()).contains("memory", "shelf");
        assertThat(StoreTypes.installed().named("shelf")).isInstanceOf(ShelfProvider.class);
    }

    @Test
    void anUnknownTypeNamesTheArtifactToAdd() {
        assertThatThrownBy(() -> ONE.named("s3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no store of type \"s3\" is on the path; add io.jwal:store-s3; there are \"mine\"");
        assertThatThrownBy(() -> NONE.named("file"))
                .hasMessage("no store of type \"file\" is on the path; add io.jwal:store-file; none is there");
        assertThatThrownBy(() -> NONE.named("memory"))
                .hasMessage("no store of type \"memory\" is on the path; add io.jwal:store-inmemory; none is there");
        assertThatThrownBy(() -> NONE.named("tiered"))
                .hasMessage("no store of type \"tiered\" is on the path; add io.jwal:store-tiered; none is there");
    }

    @Test
    void aMisspeltTypeIsToldWithTheNearest() {
        assertThatThrownBy(() -> ONE.named("mime"))
                .hasMessage("no store of type \"mime\" is on the path; did you mean \"mine\"? there are \"mine\"");
        assertThatThrownBy(() -> ONE.named("fiel"))
                .hasMessage("no store of type \"fiel\" is on the path; did you mean \"file\"? there are \"mine\"");
        assertThatThrownBy(() -> ONE.named("cloud"))
                .hasMessage("no store of type \"cloud\" is on the path; there are \"mine\"");
    }

    @Test
    void twoProvidersOfOneTypeAreNamed() {
        StoreTypes two = StoreTypes.of(List.of(new TestProvider<>("shelf", Options.class), new ShelfProvider()));
        assertThatThrownBy(() -> two.named("shelf"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two providers make stores of type \"shelf\": io.jwal.core.config.ShelfProvider and"
                        + " io.jwal.core.config.TestProvider; remove one");
    }

    @Test
    void aRecordFindsItsProvider() {
        assertThat(ONE.of(new Options("x"))).isEqualTo(new StoreSpec("mine", new Options("x")));
    }

    @Test
    void aRecordThatNoProviderTakesIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> ONE.of(new OtherOptions("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no store is configured by " + OtherOptions.class.getName() + "; pass one of "
                        + Options.class.getName() + " (mine)");
        assertThatThrownBy(() -> NONE.of("text"))
                .hasMessage("no store is configured by java.lang.String; no store is on the path;"
                        + " add one, such as io.jwal:store-file");
    }

    @Test
    void nestedStoresAreOpenedWithTheSameContext() throws IOException {
        StoreTypes stores = StoreTypes.of(List.of(new ShelfProvider()));
        LentContext context =
                new LentContext(stores, Clock.systemUTC(), System.getLogger("test"), MetricsSink.DISABLED, false);
        ShelfProvider.ShelfConfig config = new ShelfProvider.ShelfConfig("x", 2);
        assertThat(context.open(new StoreSpec("shelf", config))).isEqualTo(new ShelfStore(config, context));
    }

    @Test
    void aNestedStoreThatNobodyOpensIsAMistake() {
        LentContext context =
                new LentContext(ONE, Clock.systemUTC(), System.getLogger("test"), MetricsSink.DISABLED, false);
        assertThatThrownBy(() -> context.open(new StoreSpec("mine", new OtherOptions("x"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("configuration: store: the mine store is configured by " + Options.class.getName()
                        + ", but got " + OtherOptions.class.getName());
        assertThatThrownBy(() -> context.open(new StoreSpec("yours", new Options("x"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("configuration: store: no store of type \"yours\" is on the path; there are \"mine\"");
    }
}
