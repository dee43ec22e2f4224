package io.jwal.crash;

import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.WriterClaim;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Watches stores: says which of them, and of their claims, readers and writers, were not closed. */
final class Unclosed {
    private static final Set<Class<?>> CLOSED = Set.of(WriterClaim.class, SegmentReader.class, SegmentWriter.class);

    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();

    /** The same store, watched. */
    Store watch(Store store) {
        return (Store) watch(Store.class, store);
    }

    private Object watch(Class<?> type, Object watched) {
        String name = type.getSimpleName() + " " + numbers.incrementAndGet();
        open.add(name);
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(watched, arguments);
                return CLOSED.contains(method.getReturnType()) ? watch(method.getReturnType(), result) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                if (method.getName().equals("close")) {
                    open.remove(name);
                }
            }
        });
    }

    /** What is open, by names. */
    Set<String> names() {
        return new TreeSet<>(open);
    }
}
