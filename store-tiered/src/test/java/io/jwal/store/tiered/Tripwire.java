package io.jwal.store.tiered;

import io.jwal.store.Store;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a machine at one of the archiver's changes: from then on nothing of it reaches a store. Counted are all changes of
 * the archive, and deletions of hot copies, which are the archiver's or the engine's.
 */
final class Tripwire {
    /** What does no I/O, or must end well all the same. */
    private static final Set<String> QUIET =
            Set.of("close", "traits", "counters", "claimedSize", "heapBytes", "position");

    private final int at;
    private final boolean afterIt;
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean tripped;

    /**
     * A tripwire.
     *
     * @param at the number of the change, from 1
     * @param afterIt whether the change happens, and only its answer is lost
     */
    Tripwire(int at, boolean afterIt) {
        this.at = at;
        this.afterIt = afterIt;
    }

    boolean isTripped() {
        return tripped;
    }

    int count() {
        return count.get();
    }

    Store archive(Store store) {
        return WatchedStore.of(store, new Calls(WatchedStore.CHANGES));
    }

    Store hot(Store store) {
        return WatchedStore.of(store, new Calls(Set.of("deleteSegment")));
    }

    /** Those of one store, of which some count. */
    private final class Calls implements WatchedStore.Watcher {
        private final Set<String> counted;
        private final ThreadLocal<Boolean> last = ThreadLocal.withInitial(() -> false);

        Calls(Set<String> counted) {
            this.counted = counted;
        }

        @Override
        public void before(String method) throws IOException {
            if (QUIET.contains(method)) {
                return;
            }
            if (tripped) {
                throw dead();
            }
            if (counted.contains(method) && count.incrementAndGet() == at) {
                tripped = true;
                last.set(true);
                if (!afterIt) {
                    throw dead();
                }
            }
        }

        @Override
        public void after(String method) throws IOException {
            if (last.get() && !QUIET.contains(method)) {
                throw dead();
            }
        }
    }

    private static IOException dead() {
        return new IOException("the machine is dead");
    }
}
