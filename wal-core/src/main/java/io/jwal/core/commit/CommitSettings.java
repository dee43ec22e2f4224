package io.jwal.core.commit;

import io.jwal.Durability;
import java.time.Duration;

/**
 * What the configuration says about appending.
 *
 * @param durability what an append promises
 * @param interval how often {@link Durability#INTERVAL} syncs
 * @param maxDelay how long a commit waits for whoever may join it; zero waits for {@link Company} alone
 * @param maxBytes how many bytes a commit gathers, one call's entries excepted
 * @param maxEntry the largest entry, in bytes
 * @param maxBatch the most that one call may append, in bytes
 * @param syncsInFlight how many commits may be under way at once
 */
public record CommitSettings(
        Durability durability,
        Duration interval,
        Duration maxDelay,
        long maxBytes,
        long maxEntry,
        long maxBatch,
        int syncsInFlight) {
    /** Whether appends wait for a sync. */
    public boolean syncs() {
        return durability == Durability.SYNC;
    }
}
