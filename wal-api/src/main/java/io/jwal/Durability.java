package io.jwal;

/**
 * What an append promises when it returns. What survives, by the time an append has returned:
 *
 * <table>
 * <caption>What survives what (file store)</caption>
 * <tr><th></th><th>process killed</th><th>operating system crash</th><th>power cut</th><th>lost disk</th></tr>
 * <tr><td>{@link #SYNC}</td><td>all</td><td>all</td><td>all</td><td>nothing</td></tr>
 * <tr><td>{@link #INTERVAL}</td><td>all but the last interval</td><td>all but the last interval</td>
 *     <td>all but the last interval</td><td>nothing</td></tr>
 * <tr><td>{@link #NONE}</td><td>what was written: all but the last moments</td><td>what was synced</td>
 *     <td>what was synced</td><td>nothing</td></tr>
 * </table>
 *
 * <p>In each of them {@link WalReader#durableIndex()} tells the truth, {@link Wal#sync()} and a clean close make
 * everything durable, a batch survives whole or not at all, and what survives is always a prefix of what was appended.
 */
public enum Durability {
    /**
     * An append returns when its entries are durable: they survive a killed process, a crash of the operating system
     * and a power cut. Callers that append at the same time share one sync. Nobody sees an entry before it is durable.
     */
    SYNC,

    /**
     * An append returns once its entries are accepted into the process's memory; they are written and synced every
     * {@code durability.interval}. A killed process, a crash or a power cut takes at most the entries of the last
     * interval.
     */
    INTERVAL,

    /**
     * An append returns once its entries are accepted into the process's memory; they are written soon after, and
     * synced only when a segment is sealed, by {@link Wal#sync()} and on close. A killed process takes the entries of
     * the last moments, a power cut everything since the last sync.
     */
    NONE
}
