package io.jwal.cli.command;

import io.jwal.core.WalConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a configuration means, option by option, under the names of the file. */
final class EffectiveOptions {
    private static final String STORE_DECIDES = "what the store suggests";
    private static final String NEVER = "never";

    private EffectiveOptions() {}

    static Map<String, String> of(WalConfig config) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("store.type", config.storeType());
        options.put("segment.size", or(config.segmentSize(), STORE_DECIDES));
        options.put("segment.maxAge", or(config.segmentMaxAge(), NEVER));
        options.put("maxEntry", config.maxEntry().toString());
        options.put("maxBatch", config.maxBatch().toString());
        options.put("durability.mode", lower(config.durability()));
        options.put("durability.interval", text(config.durabilityInterval()));
        options.put("commit.maxDelay", or(config.commitMaxDelay(), STORE_DECIDES));
        options.put("commit.maxBytes", config.commitMaxBytes().toString());
        options.put("cache.bytes", config.cacheBytes().toString());
        WalConfig.Retention retention = config.retention();
        options.put("retention.maxAge", or(retention.maxAge(), NEVER));
        options.put("retention.maxBytes", or(retention.maxBytes(), NEVER));
        options.put("retention.waitForConsumers", String.valueOf(retention.waitForConsumers()));
        options.put("recovery.onCorruption", lower(config.onCorruption()));
        return options;
    }

    private static String or(@Nullable Object value, String absent) {
        if (value == null) {
            return absent;
        }
        return value instanceof Duration duration ? text(duration) : value.toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** In the largest unit of the configuration that gives a whole number. */
    private static String text(Duration duration) {
        long millis = duration.toMillis();
        if (!Duration.ofMillis(millis).equals(duration)) {
            return duration.toString();
        } else if (millis != 0 && millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        } else if (millis != 0 && millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        } else if (millis != 0 && millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis != 0 && millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
