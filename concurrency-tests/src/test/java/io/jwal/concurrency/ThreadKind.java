package io.jwal.concurrency;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Threads of the system, and virtual ones where the JDK has them. */
enum ThreadKind {
    PLATFORM(12),
    VIRTUAL(100);

    /** How many a storm has. */
    final int count;

    ThreadKind(int count) {
        this.count = count;
    }

    /** Makes them; ends the test aloud where there are none. */
    ThreadFactory factory() throws ReflectiveOperationException {
        if (this == PLATFORM) {
            return Executors.defaultThreadFactory();
        }
        if (Runtime.version().feature() < 21) {
            String why = "NOT TESTED: virtual threads; there are none before JDK 21, and this is " + Runtime.version();
            System.out.println(why);
            abort(why);
        }
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }
}
