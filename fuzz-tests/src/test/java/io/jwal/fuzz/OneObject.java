package io.jwal.fuzz;

import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ListedObject;
import io.jwal.store.s3.objects.ObjectStorage;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;

/** A bucket with one object that can only be read. */
record OneObject(String key, byte[] bytes) {
    private static final String TAG = "1";

    /** The bucket. */
    ObjectStorage storage() {
        return (ObjectStorage) Proxy.newProxyInstance(
                ObjectStorage.class.getClassLoader(),
                new Class<?>[] {ObjectStorage.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "get", "getIfMatch", "getIfChanged" -> get((String) arguments[0], (ByteRange) arguments[1]);
                    case "list" -> list((String) arguments[0], (String) arguments[1]);
                    case "describe" -> "fuzzed:" + arguments[0];
                    case "close" -> null;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private Fetched get(String wanted, ByteRange range) {
        if (!wanted.equals(key)) {
            return new Fetched.Absent();
        }
        int from = range.isLast()
                ? Math.max(0, bytes.length - range.length())
                : (int) Math.min(range.from(), bytes.length);
        int length = Math.min(range.length(), bytes.length - from);
        return new Fetched.Found(
                TAG, bytes.length, ByteBuffer.wrap(bytes, from, length).slice());
    }

    private List<ListedObject> list(String prefix, String after) {
        return key.startsWith(prefix) && key.compareTo(after) > 0
                ? List.of(new ListedObject(key, bytes.length))
                : List.of();
    }
}
