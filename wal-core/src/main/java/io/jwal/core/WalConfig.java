package io.jwal.core;

import static java.util.Objects.requireNonNull;

import io.jwal.ConfigException;
import io.jwal.Durability;
import io.jwal.core.config.ConfigFile;
import io.jwal.core.config.ConfigReader;
import io.jwal.core.config.ConfigSchema;
import io.jwal.core.config.Mistakes;
import io.jwal.core.config.StoreSource;
import io.jwal.core.config.StoreTypes;
import io.jwal.store.ByteSize;
import io.jwal.store.MetricsSink;
import io.jwal.store.Store;
import io.jwal.store.StoreSpec;
import io.jwal.store.StoreTraits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a log is opened with: its store, and how to write, keep and recover it. Immutable. From a file with
 * {@link #load}, from Java with {@link #builder}; every option has the same name and default in both.
 */
public final class WalConfig {
    private static final String SOURCE = "configuration";

    private final StoreSource store;
    private final StoreTypes stores;
    private final LogOptions options;
    private final Clock clock;
    private final MetricsSink metrics;

    private WalConfig(Builder builder, StoreSource store) {
        this.store = store;
        this.stores = builder.stores;
        this.options = builder.options();
        this.clock = builder.clock;
        this.metrics = builder.metrics;
    }

    /**
     * Reads a configuration file.
     *
     * @param file a JSON file
     * @return the configuration
     * @throws ConfigException with every mistake, if there is one
     */
    public static WalConfig load(Path file) {
        return parse(ConfigFile.read(file), file.toString(), System::getenv, StoreTypes.installed());
    }

    /**
     * Reads a configuration from text.
     *
     * @param json a JSON object
     * @return the configuration
     * @throws ConfigException with every mistake, if there is one
     */
    public static WalConfig parse(String json) {
        return parse(json, SOURCE, System::getenv, StoreTypes.installed());
    }

    static WalConfig parse(String json, String source, UnaryOperator<@Nullable String> environment, StoreTypes stores) {
        Mistakes mistakes = new Mistakes(source);
        LogOptions options = new ConfigReader(environment, stores).read(json, LogOptions.class, mistakes);
        Builder builder = new Builder(stores).options(options);
        StoreSpec store = options.store();
        return (store == null ? builder : builder.store(store)).build(mistakes);
    }

    /**
     * Describes configuration files as JSON Schema, draft 2020-12, for editors and other checkers. A file that
     * {@link #parse} takes fits it; the bounds of values and what the environment gives it cannot know.
     *
     * @return the schema, with the options of every store on the path
     */
    public static String jsonSchema() {
        return ConfigSchema.of(LogOptions.class, StoreTypes.installed());
    }

    /**
     * Starts a configuration in Java. Only a store is needed.
     *
     * @return a builder with every option at its default
     */
    public static Builder builder() {
        return builder(StoreTypes.installed());
    }

    static Builder builder(StoreTypes stores) {
        return new Builder(stores);
    }

    /**
     * Starts from this configuration.
     *
     * @return a builder with every option as it is here
     */
    public Builder toBuilder() {
        Builder builder = new Builder(stores).options(options);
        builder.record = store.config();
        builder.clock = clock;
        builder.metrics = metrics;
        return builder;
    }

    /** {@return the size at which a segment is rolled, or null for what the store suggests} */
    public @Nullable ByteSize segmentSize() {
        return options.segment().size();
    }

    /** {@return the age at which a segment with entries is rolled, or null for never} */
    public @Nullable Duration segmentMaxAge() {
        return options.segment().maxAge();
    }

    /** {@return the largest entry that an append takes} */
    public ByteSize maxEntry() {
        return options.maxEntryOrDefault();
    }

    /** {@return the largest batch that an append takes, and a commit writes} */
    public ByteSize maxBatch() {
        return options.maxBatchOrDefault();
    }

    /** {@return what an append promises when it returns} */
    public Durability durability() {
        Durability mode = options.durability().mode();
        return mode == null ? Durability.SYNC : mode;
    }

    /** {@return how often {@link Durability#INTERVAL} writes and syncs} */
    public Duration durabilityInterval() {
        Duration interval = options.durability().interval();
        return interval == null ? LogOptions.DURABILITY_INTERVAL : interval;
    }

    /** {@return how long a commit waits for company, or null for what the store suggests} */
    public @Nullable Duration commitMaxDelay() {
        return options.commit().maxDelay();
    }

    /** {@return how many bytes of several calls a commit gathers; a larger call has a commit of its own} */
    public ByteSize commitMaxBytes() {
        return options.commitMaxBytesOrDefault();
    }

    /** {@return how much memory the readers of sealed segments may hold} */
    public ByteSize cacheBytes() {
        ByteSize bytes = options.cache().bytes();
        return bytes == null ? LogOptions.defaultCache() : bytes;
    }

    /** {@return what the log removes by itself} */
    public Retention retention() {
        LogOptions.RetentionGroup written = options.retention();
        Boolean waits = written.waitForConsumers();
        return new Retention(written.maxAge(), written.maxBytes(), waits == null || waits);
    }

    /** {@return what happens when acknowledged entries turn out to be damaged} */
    public OnCorruption onCorruption() {
        OnCorruption choice = options.recovery().onCorruption();
        return choice == null ? OnCorruption.REFUSE : choice;
    }

    /** {@return the time that the log lives by} */
    public Clock clock() {
        return clock;
    }

    /** {@return where the log reports what it measures; it never throws} */
    public MetricsSink metrics() {
        return metrics;
    }

    /** {@return the type of the store, or the class of one that the application made itself; for messages} */
    public String storeType() {
        return store.name();
    }

    /** {@return the store as it was configured: a {@link StoreSpec}, or the store that the application made itself} */
    public Object store() {
        return store.config();
    }

    /**
     * Opens the store alone, as opening the log does, for tools that look at it. Changes nothing. A store that was given
     * to the builder is handed out as it is.
     *
     * @param options of these {@link OpenOption#takeover} counts
     * @return the store, to be closed
     * @throws IOException if the store can never work as configured
     */
    public Store openStore(OpenOption... options) throws IOException {
        return store.open(clock, metrics, Arrays.asList(options).contains(OpenOption.takeover()));
    }

    /** The size at which a segment is rolled on a store with these traits. */
    ByteSize segmentSize(StoreTraits traits) {
        ByteSize written = segmentSize();
        return written != null ? written : LogLimits.fitting(traits.segmentSize(), maxBatch());
    }

    @Override
    public String toString() {
        return "WalConfig[store=" + storeType() + ", segmentSize=" + segmentSize() + ", segmentMaxAge="
                + segmentMaxAge() + ", maxEntry=" + maxEntry() + ", maxBatch=" + maxBatch() + ", durability="
                + durability() + ", durabilityInterval=" + durabilityInterval() + ", commitMaxDelay="
                + commitMaxDelay() + ", commitMaxBytes=" + commitMaxBytes() + ", cacheBytes=" + cacheBytes()
                + ", retention=" + retention() + ", onCorruption=" + onCorruption() + "]";
    }

    /**
     * What the log removes by itself, whole segments at a time from its beginning. Nothing, unless an age or a size is
     * given; with both, whatever exceeds either.
     *
     * @param maxAge entries older than this may go, or null to keep them at any age
     * @param maxBytes the oldest entries may go when the log is larger than this, or null for any size
     * @param waitForConsumers whether entries stay until every consumer has passed them; a consumer that never comes
     *     back then keeps them for ever
     */
    public record Retention(
            @Nullable Duration maxAge, @Nullable ByteSize maxBytes, boolean waitForConsumers) {}

    /** What happens when recovery finds acknowledged entries damaged. */
    public enum OnCorruption {
        /** The log opens for reading what is sound; opening it for writing fails with the place of the damage. */
        REFUSE,

        /** The log keeps its longest sound prefix and goes on; the damaged segments are kept aside. */
        SALVAGE
    }

    /** Collects options; {@link #build} checks them together. Not safe for several threads. */
    public static final class Builder {
        private final StoreTypes stores;
        private @Nullable Object record;
        private LogOptions.Segment segment = LogOptions.NONE.segment();
        private @Nullable ByteSize maxEntry;
        private @Nullable ByteSize maxBatch;
        private LogOptions.DurabilityGroup durability = LogOptions.NONE.durability();
        private LogOptions.Commit commit = LogOptions.NONE.commit();
        private LogOptions.Cache cache = LogOptions.NONE.cache();
        private LogOptions.RetentionGroup retention = LogOptions.NONE.retention();
        private LogOptions.Recovery recovery = LogOptions.NONE.recovery();
        private Clock clock = Clock.systemUTC();
        private MetricsSink metrics = MetricsSink.DISABLED;

        private Builder(StoreTypes stores) {
            this.stores = stores;
        }

        /**
         * The store that a provider opens, by its configuration record. May be opened several times.
         *
         * @param config the record, such as {@code new FileStoreConfig(…)}; or a {@link StoreSpec}
         * @return this
         */
        public Builder store(Object config) {
            record = requireNonNull(config, "config");
            return this;
        }

        /**
         * A store that the application made itself. The log that opens with this configuration owns it and closes it,
         * so it serves one log, once.
         *
         * @param made the store
         * @return this
         */
        public Builder store(Store made) {
            record = requireNonNull(made, "made");
            return this;
        }

        /**
         * The size at which a segment is rolled; what the store suggests by default.
         *
         * @param size at least 4 KiB
         * @return this
         */
        public Builder segmentSize(ByteSize size) {
            segment = new LogOptions.Segment(requireNonNull(size, "size"), segment.maxAge());
            return this;
        }

        /**
         * The age at which a segment with entries is rolled; never by default. Retention by age removes whole segments,
         * so this bounds by how much it lags.
         *
         * @param age above zero
         * @return this
         */
        public Builder segmentMaxAge(Duration age) {
            segment = new LogOptions.Segment(segment.size(), requireNonNull(age, "age"));
            return this;
        }

        /**
         * The largest entry that an append takes; by default 64 MiB, or {@code maxBatch} if that is smaller.
         *
         * @param size at least one byte
         * @return this
         */
        public Builder maxEntry(ByteSize size) {
            maxEntry = requireNonNull(size, "size");
            return this;
        }

        /**
         * The largest batch that an append takes; by default 256 MiB, or {@code maxEntry} if that is larger.
         *
         * @param size at least {@code maxEntry}
         * @return this
         */
        public Builder maxBatch(ByteSize size) {
            maxBatch = requireNonNull(size, "size");
            return this;
        }

        /**
         * What an append promises when it returns; {@link Durability#SYNC} by default.
         *
         * @param mode the promise
         * @return this
         */
        public Builder durability(Durability mode) {
            durability = new LogOptions.DurabilityGroup(requireNonNull(mode, "mode"), durability.interval());
            return this;
        }

        /**
         * How often {@link Durability#INTERVAL} writes and syncs; every 100 ms by default.
         *
         * @param interval above zero
         * @return this
         */
        public Builder durabilityInterval(Duration interval) {
            durability = new LogOptions.DurabilityGroup(durability.mode(), requireNonNull(interval, "interval"));
            return this;
        }

        /**
         * How long a commit waits for others to join it; by default what the store suggests, which is zero for a local one.
         *
         * @param delay zero for nobody but threads that the last commit has covered and that come back in about the time it
         *     took, 1 ms at most
         * @return this
         */
        public Builder commitMaxDelay(Duration delay) {
            commit = new LogOptions.Commit(requireNonNull(delay, "delay"), commit.maxBytes());
            return this;
        }

        /**
         * How many bytes of several calls a commit gathers, waiting no longer for company; a larger call has a commit of
         * its own. By default 4 MiB, or {@code maxBatch} if that is smaller.
         *
         * @param size at least 4 KiB, at most {@code maxBatch}
         * @return this
         */
        public Builder commitMaxBytes(ByteSize size) {
            commit = new LogOptions.Commit(commit.maxDelay(), requireNonNull(size, "size"));
            return this;
        }

        /**
         * How much memory the readers of sealed segments may hold; by default 256 MiB, or an eighth of the heap if that
         * is smaller.
         *
         * @param bytes the bound
         * @return this
         */
        public Builder cacheBytes(ByteSize bytes) {
            cache = new LogOptions.Cache(requireNonNull(bytes, "bytes"));
            return this;
        }

        /**
         * What the log removes by itself; nothing by default.
         *
         * @param rule the bounds
         * @return this
         */
        public Builder retention(Retention rule) {
            retention = new LogOptions.RetentionGroup(rule.maxAge(), rule.maxBytes(), rule.waitForConsumers());
            return this;
        }

        /**
         * What happens when acknowledged entries turn out to be damaged; {@link OnCorruption#REFUSE} by default.
         *
         * @param choice what to do
         * @return this
         */
        public Builder onCorruption(OnCorruption choice) {
            recovery = new LogOptions.Recovery(requireNonNull(choice, "choice"));
            return this;
        }

        /**
         * The time that the log lives by; the system's in UTC by default.
         *
         * @param source the clock
         * @return this
         */
        public Builder clock(Clock source) {
            clock = requireNonNull(source, "source");
            return this;
        }

        /**
         * Where the log and its store report what they measure; nowhere by default. What the sink throws is logged once
         * and ignored.
         *
         * @param sink the sink
         * @return this
         */
        public Builder metrics(MetricsSink sink) {
            metrics = MetricsSink.guarded(requireNonNull(sink, "sink"));
            return this;
        }

        /**
         * Checks the options, all of them.
         *
         * @return the configuration
         * @throws ConfigException with every mistake
         */
        public WalConfig build() {
            Mistakes mistakes = new Mistakes(SOURCE);
            if (record == null) {
                mistakes.add("store", "missing; say where the log lives with store(…)");
            }
            return build(mistakes);
        }

        /** Of a file, where a store that is missing was told already. */
        private WalConfig build(Mistakes mistakes) {
            StoreSource source = record == null ? null : StoreSource.of(record, stores, mistakes);
            LogLimits.check(options(), mistakes);
            mistakes.throwIfAny();
            return new WalConfig(this, requireNonNull(source));
        }

        private Builder options(LogOptions written) {
            segment = written.segment();
            maxEntry = written.maxEntry();
            maxBatch = written.maxBatch();
            durability = written.durability();
            commit = written.commit();
            cache = written.cache();
            retention = written.retention();
            recovery = written.recovery();
            return this;
        }

        private LogOptions options() {
            return new LogOptions(null, segment, maxEntry, maxBatch, durability, commit, cache, retention, recovery);
        }
    }
}
