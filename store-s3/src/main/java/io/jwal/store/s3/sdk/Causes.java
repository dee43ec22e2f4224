package io.jwal.store.s3.sdk;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for what is behind a failure. */
final class Causes {
    /** Chains of causes are short; one that bites its tail ends here. */
    static final int DEEPEST = 20;

    private Causes() {}

    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return find(failure, type).isPresent();
    }
}
