package io.jwal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.ConfigException;
import io.jwal.Durability;
import io.jwal.core.WalConfig.OnCorruption;
import io.jwal.core.WalConfig.Retention;
import io.jwal.core.config.ShelfProvider;
import io.jwal.core.config.ShelfProvider.ShelfConfig;
import io.jwal.core.config.ShelfStore;
import io.jwal.core.config.StoreTypes;
import io.jwal.store.ByteSize;
import io.jwal.store.MetricsSink;
import io.jwal.store.Secret;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreProvider;
import io.jwal.store.StoreSpec;
import io.jwal.store.StoreTraits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalConfigTest {
    private static final ShelfConfig SHELF = new ShelfConfig("logs", null);

    @Test
    void everyOptionHasADefault() {
        for (WalConfig config : List.of(
                parse("{'store': {'type': 'shelf', 'label': 'logs'}}"),
                WalConfig.builder().store(SHELF).build())) {
            assertThat(config.segmentSize()).isNull();
            assertThat(config.segmentMaxAge()).isNull();
            assertThat(config.maxEntry()).isEqualTo(ByteSize.parse("64MiB"));
            assertThat(config.maxBatch()).isEqualTo(ByteSize.parse("256MiB"));
            assertThat(config.durability()).isEqualTo(Durability.SYNC);
            assertThat(config.durabilityInterval()).isEqualTo(Duration.ofMillis(100));
            assertThat(config.commitMaxDelay()).isNull();
            assertThat(config.commitMaxBytes()).isEqualTo(ByteSize.parse("4MiB"));
            assertThat(config.cacheBytes().bytes())
                    .isEqualTo(Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 8));
            assertThat(config.retention()).isEqualTo(new Retention(null, null, true));
            assertThat(config.onCorruption()).isEqualTo(OnCorruption.REFUSE);
            assertThat(config.clock()).isEqualTo(Clock.systemUTC());
            assertThat(config.metrics()).isSameAs(MetricsSink.DISABLED);
            assertThat(config.storeType()).isEqualTo("shelf");
        }
    }

    @Test
    void everyOptionCanBeWritten() {
        WalConfig config = parse("""
                {'$schema': 'docs/wal.schema.json',
                 'store': {'type': 'shelf', 'label': 'logs', 'boards': 7},
                 'segment': {'size': '8MiB', 'maxAge': '1d'},
                 'maxEntry': '1MiB', 'maxBatch': '2MiB',
                 'durability': {'mode': 'Interval', 'interval': '50ms'},
                 'commit': {'maxDelay': '0ms', 'maxBytes': 65536},
                 'cache': {'bytes': '16MiB'},
                 'retention': {'maxAge': '30d', 'maxBytes': '100GiB', 'waitForConsumers': false},
                 'recovery': {'onCorruption': 'salvage'}}""");
        assertThat(config)
                .hasToString("WalConfig[store=shelf, segmentSize=8MiB, segmentMaxAge=PT24H, maxEntry=1MiB,"
                        + " maxBatch=2MiB, durability=INTERVAL, durabilityInterval=PT0.05S, commitMaxDelay=PT0S,"
                        + " commitMaxBytes=64KiB, cacheBytes=16MiB,"
                        + " retention=Retention[maxAge=PT720H, maxBytes=100GiB, waitForConsumers=false],"
                        + " onCorruption=SALVAGE]");
    }

    @Test
    void whatAFileSaysABuilderSaysToo() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        WalConfig config = WalConfig.builder()
                .store(SHELF)
                .segmentSize(ByteSize.parse("8MiB"))
                .segmentMaxAge(Duration.ofDays(1))
                .maxEntry(ByteSize.parse("1MiB"))
                .maxBatch(ByteSize.parse("2MiB"))
                .durability(Durability.INTERVAL)
                .durabilityInterval(Duration.ofMillis(50))
                .commitMaxDelay(Duration.ZERO)
                .commitMaxBytes(ByteSize.parse("64KiB"))
                .cacheBytes(ByteSize.parse("16MiB"))
                .retention(new Retention(Duration.ofDays(30), ByteSize.parse("100GiB"), false))
                .onCorruption(OnCorruption.SALVAGE)
                .clock(clock)
                .build();
        assertThat(config).hasToString(parse("""
                        {'store': {'type': 'shelf', 'label': 'logs'},
                         'segment': {'size': '8MiB', 'maxAge': '1d'}, 'maxEntry': '1MiB', 'maxBatch': '2MiB',
                         'durability': {'mode': 'interval', 'interval': '50ms'},
                         'commit': {'maxDelay': '0ms', 'maxBytes': '64KiB'}, 'cache': {'bytes': '16MiB'},
                         'retention': {'maxAge': '30d', 'maxBytes': '100GiB', 'waitForConsumers': false},
                         'recovery': {'onCorruption': 'salvage'}}""").toString());
        assertThat(config.clock()).isSameAs(clock);
        assertThat(config.toBuilder().build()).hasToString(config.toString());
        assertThat(config.toBuilder().build().clock()).isSameAs(clock);
        assertThat(config.toBuilder().maxEntry(ByteSize.ofKibibytes(1)).build().maxEntry())
                .isEqualTo(ByteSize.ofKibibytes(1));
    }

    @Test
    void aDefaultGivesWayToWhatIsWritten() {
        WalConfig small = parse("{'store': {'type': 'shelf', 'label': 'logs'}, 'maxBatch': '1MiB'}");
        assertThat(small.maxEntry()).isEqualTo(ByteSize.ofMebibytes(1));
        assertThat(small.commitMaxBytes()).isEqualTo(ByteSize.ofMebibytes(1));
        WalConfig large = parse("{'store': {'type': 'shelf', 'label': 'logs'}, 'maxEntry': '1GiB'}");
        assertThat(large.maxBatch()).isEqualTo(ByteSize.parse("1GiB"));
    }

    @Test
    void aFileIsLoaded(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("wal.json");
        Files.writeString(file, "{\"store\": {\"type\": \"shelf\", \"label\": \"logs\"}}");
        assertThat(WalConfig.load(file).storeType()).isEqualTo("shelf");
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> WalConfig.load(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": store: missing; write a store, such as {\"type\": \"file\", …}");
    }

    @Test
    void textIsParsed() {
        assertThat(WalConfig.parse("{\"store\": {\"type\": \"memory\"}}").storeType())
                .isEqualTo("memory");
        assertThatThrownBy(() -> WalConfig.parse("{}"))
                .hasMessage("configuration: store: missing; write a store, such as {\"type\": \"file\", …}");
    }

    @Test
    void theEnvironmentIsAsked() {
        Map<String, String> environment = Map.of("STORE", "shelf", "LABEL", "logs", "ENTRY", "1024");
        WalConfig config = WalConfig.parse(
                "{'store': {'type': '${STORE}', 'label': 'my-${LABEL}'}, 'maxEntry': '${ENTRY}'}".replace('\'', '"'),
                "wal.json",
                environment::get,
                StoreTypes.installed());
        assertThat(config.storeType()).isEqualTo("shelf");
        assertThat(config.maxEntry()).isEqualTo(ByteSize.ofKibibytes(1));
    }

    @Test
    void theStoreIsOpenedWithWhatTheLogLivesBy() throws IOException {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        WalConfig config = WalConfig.builder()
                .store(SHELF)
                .clock(clock)
                .metrics(new ThrowingSink())
                .build();
        ShelfStore store = (ShelfStore) config.openStore();
        assertThat(store.config()).isEqualTo(SHELF);
        assertThat(store.context().clock()).isSameAs(clock);
        assertThat(store.context().logger().getName()).isEqualTo("io.jwal");
        store.context().metrics().count("store.requests", 1);
        assertThat(config.openStore()).isNotSameAs(store);
        assertThat(store.context().takeover()).isFalse();
        assertThat(((ShelfStore) config.openStore(OpenOption.takeover()))
                        .context()
                        .takeover())
                .isTrue();
    }

    @Test
    void aStoreOfTheApplicationIsUsedAsItIs() throws IOException {
        Store store = new ShelfStore(SHELF, null);
        WalConfig config = WalConfig.builder().store(store).build();
        assertThat(config.openStore()).isSameAs(store);
        assertThat(config.storeType()).isEqualTo(ShelfStore.class.getName());
        assertThat(config.toBuilder().build().openStore()).isSameAs(store);
        Object untyped = store;
        assertThat(WalConfig.builder().store(untyped).build().openStore()).isSameAs(store);
    }

    @Test
    void aSpecNamesAStoreToo() {
        assertThat(WalConfig.builder()
                        .store(new StoreSpec("shelf", SHELF))
                        .build()
                        .storeType())
                .isEqualTo("shelf");
        assertThatThrownBy(() -> WalConfig.builder()
                        .store(new StoreSpec("memory", SHELF))
                        .build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("store: the memory store is configured by io.jwal.store.memory.MemoryStoreConfig,"
                        + " but got " + ShelfConfig.class.getName());
    }

    @Test
    void aBuilderReportsAllMistakesAtOnce() {
        assertThatThrownBy(() -> WalConfig.builder(StoreTypes.of(List.of(new ShelfProvider())))
                        .store("shelf")
                        .segmentSize(ByteSize.ofBytes(5))
                        .durabilityInterval(Duration.ZERO)
                        .build())
                .isInstanceOf(ConfigException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "configuration: 3 mistakes",
                        "  store: no store is configured by java.lang.String; pass one of "
                                + ShelfConfig.class.getName() + " (shelf)",
                        "  segment.size: 5B is too small; at least 4KiB",
                        "  durability.interval: 0ms is not above zero; leave it out for the default"));
        assertThatThrownBy(() -> WalConfig.builder().build())
                .hasMessage("configuration: store: missing; say where the log lives with store(…)");
    }

    @Test
    void allMistakesOfAFileAreReportedAtOnce() {
        assertThatThrownBy(() -> parse("""
                        {'store': {'type': 'shelf', 'lable': 'logs', 'boards': '5'},
                         'segment': {'size': 12, 'maxAge': 3},
                         'durability': {'mode': 'syn'},
                         'cache': 'none',
                         'maxEntri': 3}"""))
                .isInstanceOf(ConfigException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "wal.json: 7 mistakes",
                        "  store.lable: the shelf store has no such option; did you mean \"label\"?",
                        "  store.boards: expected a whole number without quotes",
                        "  segment.maxAge: 3 has no unit; write a unit, such as 100ms",
                        "  durability.mode: \"syn\" is not one of \"sync\", \"interval\", \"none\";"
                                + " did you mean \"sync\"?",
                        "  cache: expected an object, such as { }, but got text",
                        "  maxEntri: there is no such option; did you mean \"maxEntry\"?",
                        "  segment.size: 12B is too small; at least 4KiB"));
    }

    @Test
    void whatIsMisspeltIsNotMissingAsWell() {
        assertThatThrownBy(() -> parse("{'stor': {'type': 'shelf'}, 'retentoin': {'maxAge': '1d'}}"))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "wal.json: 2 mistakes",
                        "  stor: there is no such option; did you mean \"store\"?",
                        "  retentoin: there is no such option; did you mean \"retention\"?"));
    }

    @Test
    void aTypeIsNeededToKnowTheOptions() {
        assertThatThrownBy(() -> parse("{'store': {'label': 'logs'}}"))
                .hasMessage("wal.json: store.type: missing; write one of \"shelf\"");
        assertThatThrownBy(() -> parse("{'store': {'type': 'shelv', 'label': 5}}"))
                .hasMessage("wal.json: store.type: no store of type \"shelv\" is on the path;"
                        + " did you mean \"shelf\"? there are \"shelf\"");
    }

    @Test
    void aSegmentStaysWithinItsBoundsWhateverAStoreSuggests() {
        WalConfig config = WalConfig.builder().store(SHELF).build();
        StoreTraits traits = StoreTraits.localDefaults();
        assertThat(config.segmentSize(traits)).isEqualTo(ByteSize.ofMebibytes(64));
        assertThat(config.segmentSize(traits.withSegmentSize(ByteSize.parse("8GiB"))))
                .isEqualTo(ByteSize.ofBytes((2048L - 64 - 256 << 20) - 1));
        assertThat(config.toBuilder()
                        .segmentSize(ByteSize.ofKibibytes(4))
                        .build()
                        .segmentSize(traits))
                .isEqualTo(ByteSize.ofKibibytes(4));
    }

    record Hidden(String name) {}

    record HiddenProvider() implements StoreProvider<Hidden> {
        @Override
        public String type() {
            return "hidden";
        }

        @Override
        public Class<Hidden> configType() {
            return Hidden.class;
        }

        @Override
        public Store open(Hidden config, StoreContext context) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aRecordThatIsNotPublicIsItsProvidersMistake() {
        assertThatThrownBy(() -> parse("{'store': {'type': 'hidden', 'name': 'x'}}", new HiddenProvider()))
                .hasMessage("wal.json: store: the provider of the hidden store is broken: " + Hidden.class.getName()
                        + " is not a public record in a package that its module exports");
    }

    @Test
    void noSecretIsPrinted() {
        assertThat(WalConfig.builder()
                        .store(new StoreSpec("vault", new Vault(new Secret("hunter2"))))
                        .toString())
                .doesNotContain("hunter2");
        assertThat(parse("{'store': {'type': 'vault', 'key': 'hunter2'}}", new VaultProvider())
                        .toString())
                .startsWith("WalConfig[store=vault, ")
                .doesNotContain("hunter2");
    }

    public record Vault(Secret key) {}

    record VaultProvider() implements StoreProvider<Vault> {
        @Override
        public String type() {
            return "vault";
        }

        @Override
        public Class<Vault> configType() {
            return Vault.class;
        }

        @Override
        public Store open(Vault config, StoreContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class ThrowingSink implements MetricsSink {
        @Override
        public void count(String name, long amount) {
            throw new IllegalStateException("planted");
        }

        @Override
        public void time(String name, Duration duration) {
            throw new IllegalStateException("planted");
        }
    }

    private static WalConfig parse(String json) {
        return parse(json, new ShelfProvider());
    }

    private static WalConfig parse(String json, StoreProvider<?> provider) {
        return WalConfig.parse(json.replace('\'', '"'), "wal.json", name -> null, StoreTypes.of(List.of(provider)));
    }
}
