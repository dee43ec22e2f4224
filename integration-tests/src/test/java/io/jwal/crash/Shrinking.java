package io.jwal.crash;

import io.jwal.crash.CrashExplorer.Effort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks for the shortest script that is violated, by leaving out lives and steps for as long as one still is. */
final class Shrinking {
    private static final Effort EFFORT = new Effort(6, 30, 2);

    private final long end;

    /** Gives up after some time, with the shortest so far. */
    Shrinking(Duration atMost) {
        end = System.nanoTime() + atMost.toNanos();
    }

    Violation shrink(Violation found) {
        Violation shortest = found;
        @Nullable Violation shorter = found;
        while (shorter != null) {
            shortest = shorter;
            shorter = shorter(shortest.script());
        }
        return shortest;
    }

    private @Nullable Violation shorter(CrashCase script) {
        for (CrashCase smaller : script.smaller()) {
            if (System.nanoTime() > end) {
                return null;
            }
            try {
                new CrashExplorer(smaller, EFFORT).run();
            } catch (Violation violation) {
                return violation;
            }
        }
        return null;
    }
}
