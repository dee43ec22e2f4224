package io.jwal.store.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** Keeps interrupts away from calls on channels, which close themselves when an interrupted thread uses them. */
final class Interrupts {
    private Interrupts() {}

    /**
     * Runs a call that opens a channel of its own, again if an interrupt closed that channel. Not for syncs: an
     * interrupt hides a sync's failure, and a second sync does not report it again.
     */
    static <T extends @Nullable Object> T shield(IoCall<T> call) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return call.run();
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
