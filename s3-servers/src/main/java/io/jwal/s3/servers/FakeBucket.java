package io.jwal.s3.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bucket. Guarded by the lock of {@link FakeState}. */
final class FakeBucket {
    /** S3 lists by the bytes of UTF-8, which is not the order of Java's strings. */
    static final Comparator<String> BY_BYTES = (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

    final String region;
    final NavigableMap<String, StoredObject> objects = new TreeMap<>(BY_BYTES);
    final TreeMap<String, FakeUpload> uploads = new TreeMap<>();

    private @Nullable NavigableMap<String, StoredObject> frozen;

    FakeBucket(String region) {
        this.region = region;
    }

    /** What listings show. */
    NavigableMap<String, StoredObject> listed() {
        return frozen == null ? objects : frozen;
    }

    void freezeListings() {
        frozen = new TreeMap<>(objects);
    }

    void thawListings() {
        frozen = null;
    }
}
