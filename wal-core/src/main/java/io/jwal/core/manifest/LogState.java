package io.jwal.core.manifest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept durably beside the log: the positions of consumers and the properties.
 *
 * @param epoch the epoch of the writer that wrote it
 * @param consumers the next index of each consumer, by name
 * @param properties the properties, by name
 */
public record LogState(long epoch, SortedMap<String, Long> consumers, SortedMap<String, byte[]> properties) {
    /** Takes unmodifiable views; the maps are not changed by anyone. */
    public LogState {
        consumers = Collections.unmodifiableSortedMap(consumers);
        properties = Collections.unmodifiableSortedMap(properties);
    }

    /** The state of a new log. */
    public static LogState empty() {
        return new LogState(0, new TreeMap<>(), new TreeMap<>());
    }

    /** The same with another position of a consumer; null to forget it. */
    public LogState withConsumer(String name, @Nullable Long position) {
        TreeMap<String, Long> changed = new TreeMap<>(consumers);
        if (position == null) {
            changed.remove(name);
        } else {
            changed.put(name, position);
        }
        return changed.equals(consumers) ? this : new LogState(epoch, changed, properties);
    }

    /** The same with no position beyond a limit; the same object when there is none. */
    public LogState clamped(long limit) {
        if (consumers.values().stream().allMatch(position -> position <= limit)) {
            return this;
        }
        TreeMap<String, Long> changed = new TreeMap<>(consumers);
        changed.replaceAll((name, position) -> Math.min(position, limit));
        return new LogState(epoch, changed, properties);
    }

    /** The same with another value of a property. */
    public LogState withProperty(String name, byte[] value) {
        TreeMap<String, byte[]> changed = new TreeMap<>(properties);
        changed.put(name, value.clone());
        return new LogState(epoch, consumers, changed);
    }
}
