package io.jwal.store.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names in a simulated directory: those known to be on the disk, and the changes since, each of which a crash may
 * or may not leave. A rename is one change.
 *
 * @param <N> what a name stands for
 */
final class SimulatedDirectory<N> {
    private final Map<String, N> durable = new TreeMap<>();
    private final Map<String, N> current = new TreeMap<>();
    private final List<Change<N>> pending = new ArrayList<>();
    private boolean syncFailed;

    boolean syncFailed() {
        return syncFailed;
    }

    @Nullable
    N get(String name) {
        return current.get(name);
    }

    Map<String, N> current() {
        return current;
    }

    void put(String name, N node, long time) {
        apply(new Change<>(null, name, node, time));
    }

    void remove(String name, long time) {
        apply(new Change<>(name, null, null, time));
    }

    void rename(String from, String to, long time) {
        apply(new Change<>(from, to, current.get(from), time));
    }

    private void apply(Change<N> change) {
        change.applyTo(current);
        pending.add(change);
    }

    void sync() {
        // What a failed sync lost stays uncertain; what came after it is applied in its place.
        List<Change<N>> still = new ArrayList<>();
        for (Change<N> change : pending) {
            if (still.isEmpty() && !change.doomed) {
                change.applyTo(durable);
            } else {
                change.synced = !change.doomed;
                still.add(change);
            }
        }
        pending.clear();
        pending.addAll(still);
    }

    void failSync() {
        syncFailed = true;
        pending.forEach(change -> change.doomed |= !change.synced);
    }

    /** Lets it be synced again; what was lost stays lost. */
    void forgive() {
        syncFailed = false;
    }

    SimulatedDirectory<N> crash(Landing landing, Function<N, N> leave) {
        Map<String, N> names = new TreeMap<>(durable);
        for (Change<N> change : pending) {
            if (change.synced || landing.choose(new long[] {0, change.time}) == 1) {
                change.applyTo(names);
            }
        }
        SimulatedDirectory<N> left = new SimulatedDirectory<>();
        names.forEach((name, node) -> {
            N after = leave.apply(node);
            left.durable.put(name, after);
            left.current.put(name, after);
        });
        return left;
    }

    SimulatedDirectory<N> kill(Function<N, N> leave) {
        SimulatedDirectory<N> left = new SimulatedDirectory<>();
        durable.forEach((name, node) -> left.durable.put(name, leave.apply(node)));
        current.forEach((name, node) -> left.current.put(name, leave.apply(node)));
        for (Change<N> change : pending) {
            Change<N> copy = new Change<>(
                    change.from, change.to, change.node == null ? null : leave.apply(change.node), change.time);
            copy.doomed = change.doomed;
            copy.synced = change.synced;
            left.pending.add(copy);
        }
        return left;
    }

    private static final class Change<N> {
        private final @Nullable String from;
        private final @Nullable String to;
        private final @Nullable N node;
        private final long time;
        private boolean doomed;
        private boolean synced;

        Change(@Nullable String from, @Nullable String to, @Nullable N node, long time) {
            this.time = time;
            this.from = from;
            this.to = to;
            this.node = node;
        }

        private void applyTo(Map<String, N> names) {
            if (from != null) {
                names.remove(from);
            }
            if (to != null && node != null) {
                names.put(to, node);
            }
        }
    }
}
