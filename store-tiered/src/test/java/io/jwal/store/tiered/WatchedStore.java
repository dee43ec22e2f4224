package io.jwal.store.tiered;

import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A store whose every call, those on its segments included, somebody hears of first. */
final class WatchedStore {
    /** What reaches a medium and changes it. */
    static final Set<String> CHANGES =
            Set.of("writeRegister", "createSegment", "append", "sync", "seal", "deleteSegment");

    /** Hears of calls; either method may keep the call waiting, or end it. */
    interface Watcher {
        /** Before the call is made. */
        void before(String method) throws IOException;

        /** When the call has returned. */
        void after(String method) throws IOException;
    }

    private WatchedStore() {}

    static Store of(Store store, Watcher watcher) {
        return wrap(Store.class, store, watcher);
    }

    private static <T> T wrap(Class<T> type, T target, Watcher watcher) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    watcher.before(method.getName());
                    Object result;
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    watcher.after(method.getName());
                    if (result instanceof SegmentWriter writer) {
                        return wrap(SegmentWriter.class, writer, watcher);
                    }
                    return result instanceof SegmentReader reader ? wrap(SegmentReader.class, reader, watcher) : result;
                }));
    }
}
