package io.jwal.store.file;

import java.util.ArrayList;
import java.util.List;

/**
 * The states that something on a simulated disk may be in after a crash: the oldest is known to be on the disk, the
 * newest is in the cache.
 *
 * @param <T> a state, which never changes itself
 */
final class Versions<T> {
    private final List<T> states = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    Versions(T durable) {
        add(durable, 0);
    }

    private Versions(Versions<T> other) {
        states.addAll(other.states);
        times.addAll(other.times);
    }

    void add(T state, long time) {
        states.add(state);
        times.add(time);
    }

    T newest() {
        return states.get(states.size() - 1);
    }

    boolean isDecided() {
        return states.size() == 1;
    }

    /** The newest is on the disk now. */
    void sync() {
        T newest = newest();
        states.clear();
        times.clear();
        add(newest, 0);
    }

    T crash(Landing landing) {
        if (isDecided()) {
            return states.get(0);
        }
        return states.get(landing.choose(times.stream().mapToLong(time -> time).toArray()));
    }

    Versions<T> copy() {
        return new Versions<>(this);
    }
}
