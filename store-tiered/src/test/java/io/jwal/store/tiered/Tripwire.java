package io.jwal.store.tiered;

import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a machine at one of the archiver's changes: from then on nothing of it reaches a store. Counted are all changes of
 * the archive, and deletions of hot copies, which are the archiver's or the engine's.
 */
final class Tripwire {
    private static final Set<String> CHANGES =
            Set.of("writeRegister", "createSegment", "append", "sync", "seal", "deleteSegment");
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
        return wrap(Store.class, store, true);
    }

    Store hot(Store store) {
        return wrap(Store.class, store, false);
    }

    private <T> T wrap(Class<T> type, T target, boolean archive) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean counts = archive ? CHANGES.contains(method.getName()) : isDeletion(method.getName());
                    boolean last = !QUIET.contains(method.getName()) && trips(counts);
                    if (last && !afterIt) {
                        throw dead();
                    }
                    Object result;
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (last) {
                        throw dead();
                    }
                    if (result instanceof SegmentWriter writer) {
                        return wrap(SegmentWriter.class, writer, archive);
                    }
                    return result instanceof SegmentReader reader ? wrap(SegmentReader.class, reader, archive) : result;
                }));
    }

    private static boolean isDeletion(String method) {
        return method.equals("deleteSegment");
    }

    /** Whether this call is the last one; throws if that one has been. */
    private boolean trips(boolean counts) throws IOException {
        if (tripped) {
            throw dead();
        }
        if (counts && count.incrementAndGet() == at) {
            tripped = true;
            return true;
        }
        return false;
    }

    private static IOException dead() {
        return new IOException("the machine is dead");
    }
}
