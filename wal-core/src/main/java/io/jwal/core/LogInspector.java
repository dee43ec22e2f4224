package io.jwal.core;

import io.jwal.CorruptLogException;
import io.jwal.LogNotFoundException;
import io.jwal.StoreFailedException;
import io.jwal.core.inspect.LogVerification;
import io.jwal.core.inspect.SegmentLook;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreCorruptException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks into a log: its manifest, its segments, its batches, every byte of it. Works on damaged logs, in memory that does
 * not grow with them, and beside a writer. Never changes anything. Safe for one thread at a time.
 */
public final class LogInspector implements AutoCloseable {
    private final Store store;

    private LogInspector(Store store) {
        this.store = store;
    }

    /**
     * Opens a log to look into it.
     *
     * @param config the log's configuration
     * @return the inspector, to be closed
     * @throws StoreFailedException if the store cannot be used
     */
    public static LogInspector open(WalConfig config) {
        try {
            return new LogInspector(config.openStore());
        } catch (IOException e) {
            throw new StoreFailedException(
                    "the " + config.storeType() + " store could not be opened: " + e.getMessage(), e);
        }
    }

    /**
     * A segment of the log.
     *
     * @param id its name
     * @param state what it is to the log
     * @param salt the random number in its header, which every check in it depends on
     * @param firstIndex the first index in it, 0 if it holds none or they are not known
     * @param lastIndex the last index of it that belongs to the log, 0 if it holds none or they are not known
     * @param bytes its length; of an open one what can be read of it, space that was set aside included
     * @param firstTime when its first batch was committed, {@link Instant#EPOCH} without one
     * @param lastTime when its last batch that belongs to the log was committed, {@link Instant#EPOCH} without one
     * @param problem why it cannot be read, or an empty text; only {@link #verify} looks closely
     */
    public record SegmentDetails(
            SegmentId id,
            LogManifest.State state,
            long salt,
            long firstIndex,
            long lastIndex,
            long bytes,
            Instant firstTime,
            Instant lastTime,
            String problem) {}

    /**
     * A batch of a segment: what one commit wrote; or a stretch in which no batch verifies.
     *
     * @param offset where it begins, in bytes from the start of the segment
     * @param bytes its length
     * @param entries how many entries it holds; 0 if this is no batch
     * @param firstIndex the index of its first entry, 0 if this is no batch
     * @param durableIndex the last index that was durable when it was written
     * @param time when it was committed
     * @param sound whether its body verifies, too
     */
    public record BatchDetails(
            long offset, long bytes, int entries, long firstIndex, long durableIndex, Instant time, boolean sound) {
        /**
         * The index of its last entry.
         *
         * @return the index, below {@link #firstIndex} if this is no batch
         */
        public long lastIndex() {
            return firstIndex + entries - 1;
        }
    }

    /**
     * The manifest as it is now.
     *
     * @return what makes up the log
     * @throws LogNotFoundException if there is no log
     * @throws CorruptLogException if it is damaged
     * @throws io.jwal.UnsupportedFormatException if a newer JWal wrote it
     */
    public LogManifest manifest() {
        return reading(() -> store.readRegister(LogManifest.REGISTER))
                .map(register -> LogManifest.decode(register.content()))
                .orElseThrow(() -> new LogNotFoundException(
                        "there is no log where the configuration says; correct the configuration, or append to create"
                                + " one",
                        null));
    }

    /**
     * What a segment is. An open one is scanned to its end, of a sealed one the manifest is believed.
     *
     * @param segment one that the manifest names
     * @return what it is, also if it cannot be read
     */
    public SegmentDetails details(LogManifest.Segment segment) {
        return SegmentLook.at(store, segment);
    }

    /**
     * The segments of the store that a manifest does not name: left behind by a crash, and deleted by the next writer; or
     * made by a writer a moment ago.
     *
     * @param manifest from {@link #manifest}
     * @return their ids, ascending
     */
    public List<SegmentId> unnamedSegments(LogManifest manifest) {
        return reading(() -> LogVerification.unnamed(store, manifest));
    }

    /**
     * The batches of a segment from its start, damaged or not, also those that do not belong to the log any more. None of a
     * segment that the log has dropped since its manifest was read.
     *
     * @param segment one that the manifest names
     * @param action takes each
     * @throws CorruptLogException if the segment is missing, or its header is damaged
     */
    public void batches(LogManifest.Segment segment, Consumer<BatchDetails> action) {
        reading(() -> {
            SegmentLook.batches(store, segment, action);
            return segment;
        });
    }

    /**
     * Reads every byte of the log: of each segment the header, every batch, every entry, index and trailer; and compares
     * them with one another and with the manifest. Of open segments what the recovery rule calls the log is verified, and
     * what it calls damage is found.
     *
     * @param progress told how far it has come
     * @return what the log holds, and everything that is wrong
     * @throws LogNotFoundException if there is no log
     * @throws io.jwal.UnsupportedFormatException if a newer JWal wrote the manifest
     * @throws StoreFailedException if the registers cannot be read
     */
    public Verification verify(Verification.Progress progress) {
        return reading(() -> LogVerification.run(store, progress));
    }

    private interface Read<T> {
        T run() throws IOException;
    }

    private static <T> T reading(Read<T> read) {
        try {
            return read.run();
        } catch (StoreCorruptException e) {
            throw new CorruptLogException("the log is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StoreFailedException(
                    "the store could not be read: " + e.getMessage() + "; try again when the cause is mended", e);
        }
    }

    /** Lets go of the store. */
    @Override
    public void close() {
        try {
            store.close();
        } catch (IOException e) {
            throw new StoreFailedException("the store did not let go of everything: " + e.getMessage(), e);
        }
    }
}
