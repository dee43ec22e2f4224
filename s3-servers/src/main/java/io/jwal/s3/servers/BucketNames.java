package io.jwal.s3.servers;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Names for buckets: no two of a JVM are the same, and those of several JVMs hardly ever. */
final class BucketNames {
    private static final int LONGEST_TEST = 30;
    private static final String JVM = Long.toString(ProcessHandle.current().pid(), 36) + "-"
            + Long.toString(System.currentTimeMillis() % 1_000_000_000, 36);
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private BucketNames() {}

    static String next(Class<?> test) {
        String name = test.getSimpleName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String shortened = name.substring(0, Math.min(name.length(), LONGEST_TEST));
        return "jwal-" + shortened + "-" + JVM + "-" + COUNTER.incrementAndGet();
    }
}
