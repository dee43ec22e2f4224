package io.jwal.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jwal.ConfigException;
import io.jwal.core.WalConfig;
import io.jwal.store.StoreSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema and the reader say the same of every file, but for the bounds of values. */
class ConfigSchemaTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** Every type of component, among them a nested store. */
    public record Root(StoreSpec store) {}

    private static final StoreTypes STORES = StoreTypes.of(List.of(
            new TestProvider<>("everything", ComponentTypesTest.Everything.class),
            new TestProvider<>("numbers", ComponentTypesTest.Numbers.class),
            new TestProvider<>("values", ComponentTypesTest.Values.class),
            new TestProvider<>("optionals", ComponentTypesTest.Optionals.class),
            new TestProvider<>("relaxed", ComponentTypesTest.Relaxed.class),
            new ShelfProvider()));

    private static final Schema OF_STORES = REGISTRY.getSchema(ConfigSchema.of(Root.class, STORES));
    private static final Schema OF_LOG = REGISTRY.getSchema(WalConfig.jsonSchema());

    @Test
    void theSchemaIsOne() {
        Schema dialect = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(dialect.validate(WalConfig.jsonSchema(), InputFormat.JSON)).isEmpty();
        assertThat(dialect.validate(ConfigSchema.of(Root.class, STORES), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void theSchemaIsAlwaysTheSameText() {
        assertThat(WalConfig.jsonSchema())
                .isEqualTo(WalConfig.jsonSchema())
                .endsWith("}\n")
                .doesNotContain("\r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'store': {'type': 'memory'}}",
                "{'$schema': 'https://example.com/wal.schema.json', 'store': {'type': 'memory', 'name': 'a'}}",
                "{'store': {'type': '${STORE:-memory}'}}",
                "{'store': {'type': 'memory'}, 'segment': {'size': '64MiB', 'maxAge': '1d'}, 'maxEntry': '64 mib',"
                        + " 'maxBatch': '256MB', 'durability': {'mode': 'SYNC', 'interval': 'PT0.1S'},"
                        + " 'commit': {'maxDelay': '0ms', 'maxBytes': 4194304}, 'cache': {'bytes': '0.5GiB'},"
                        + " 'retention': {'maxAge': '30d', 'maxBytes': '100GiB', 'waitForConsumers': true},"
                        + " 'recovery': {'onCorruption': 'Refuse'}}",
                "{'store': {'type': 'memory'}, 'maxEntry': '${A:-1MiB}', 'durability': {'mode': '${B:-sync}'},"
                        + " 'retention': {'waitForConsumers': '${C:-true}', 'maxAge': '${D:-1d}'}}",
                "{'store': {'type': 'memory'}, 'segment': {}, 'durability': {}, 'commit': {}, 'cache': {},"
                        + " 'retention': {}, 'recovery': {}}",
            })
    void bothTakeWhatIsRight(String config) {
        assertThat(errors(OF_LOG, config)).isEmpty();
        assertThat(WalConfig.parse(json(config))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'store': 'memory'}",
                "{'store': {}}",
                "{'store': {'type': 5}}",
                "{'store': {'type': 'memori'}}",
                "{'store': {'type': 'memory', 'nam': 'a'}}",
                "{'store': {'type': 'memory', 'name': null}}",
                "{'store': {'type': 'memory'}, 'maxEntri': '1MiB'}",
                "{'store': {'type': 'memory'}, 'maxEntry': '1Mi'}",
                "{'store': {'type': 'memory'}, 'maxEntry': -1}",
                "{'store': {'type': 'memory'}, 'maxEntry': 1.5}",
                "{'store': {'type': 'memory'}, 'maxEntry': true}",
                "{'store': {'type': 'memory'}, 'segment': '64MiB'}",
                "{'store': {'type': 'memory'}, 'segment': {'maxAge': 100}}",
                "{'store': {'type': 'memory'}, 'segment': {'maxAge': '100'}}",
                "{'store': {'type': 'memory'}, 'segment': {'maxAge': '1M'}}",
                "{'store': {'type': 'memory'}, 'segment': {'maxAge': 'P1DT'}}",
                "{'store': {'type': 'memory'}, 'segment': {'maxAge': 'PT'}}",
                "{'store': {'type': 'memory'}, 'durability': {'mode': 'async'}}",
                "{'store': {'type': 'memory'}, 'retention': {'waitForConsumers': 'true'}}",
                "{'store': {'type': 'memory'}, 'retention': {'waitForConsumers': 1}}",
            })
    void bothRefuseWhatIsWrong(String config) {
        assertThat(errors(OF_LOG, config)).isNotEmpty();
        assertThatThrownBy(() -> WalConfig.parse(json(config))).isInstanceOf(ConfigException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'everything', 'text': 'a', 'tiny': -128, 'small': 32767, 'whole': -7,"
                        + " 'large': 9223372036854775807, 'rough': 0.5, 'fine': 1e3, 'flag': true, 'boxedWhole': 8,"
                        + " 'boxedFine': 2, 'boxedFlag': false, 'color': 'Dark_Blue', 'time': '1.5h', 'path': 'data/x',"
                        + " 'size': '4KiB', 'secret': 'hush', 'inner': {'name': 'i'}, 'names': ['x', 'y'],"
                        + " 'inners': [{'name': 'j', 'age': 'PT1M'}], 'grid': [[1], [], [2, 3]],"
                        + " 'nested': {'type': 'shelf', 'label': 'n'}, 'stores': [{'type': 'shelf', 'label': 's'}]}",
                "{'type': 'optionals', 'nested': {'type': 'optionals', 'nested': {'type': 'shelf', 'label': 'n'}}}",
                "{'type': 'relaxed'}",
                "{'type': 'relaxed', 'soft': {}}",
                "{'type': 'numbers', 'whole': '${WHOLE:-5}'}",
                "{'type': 'values', 'color': 'red', 'path': '~x'}",
            })
    void storesAreDescribed(String store) {
        assertThat(errors(OF_STORES, "{'store': " + store + "}")).isEmpty();
        assertThat(mistakes(store)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'everything'}",
                "{'type': 'shelf'}",
                "{'type': 'shelf', 'label': 5}",
                "{'type': 'shelf', 'label': 'a', 'color': 'red'}",
                "{'type': 'optionals', 'nested': {'type': 'shelf'}}",
                "{'type': 'optionals', 'nested': {'label': 'n'}}",
                "{'type': 'optionals', 'list': 'x'}",
                "{'type': 'optionals', 'list': [1]}",
                "{'type': 'optionals', 'list': [null]}",
                "{'type': 'optionals', 'inner': {}}",
                "{'type': 'numbers', 'tiny': 128}",
                "{'type': 'numbers', 'large': 9223372036854775808}",
                "{'type': 'numbers', 'whole': 1.5}",
                "{'type': 'numbers', 'whole': '5'}",
                "{'type': 'numbers', 'fine': true}",
                "{'type': 'values', 'color': 'darkblue'}",
                "{'type': 'values', 'path': ''}",
                "{'type': 'values', 'path': '~/data'}",
                "{'type': 'values', 'size': '4 potatoes'}",
            })
    void mistakesInStoresAreSeen(String store) {
        assertThat(errors(OF_STORES, "{'store': " + store + "}")).isNotEmpty();
        assertThat(mistakes(store)).isNotEmpty();
    }

    private static List<Error> errors(Schema schema, String config) {
        return schema.validate(json(config), InputFormat.JSON);
    }

    private static List<ConfigException.Problem> mistakes(String store) {
        Mistakes mistakes = new Mistakes("wal.json");
        new ConfigReader(name -> null, STORES).read(json("{'store': " + store + "}"), Root.class, mistakes);
        return mistakes.toException().problems();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
