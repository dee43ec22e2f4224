package io.jwal.core.log;

import io.jwal.Cursor;
import io.jwal.Entry;
import io.jwal.StoreFailedException;
import io.jwal.WalReader;
import io.jwal.WalStats;
import io.jwal.core.manifest.LogState;
import io.jwal.core.manifest.StateCodec;
import io.jwal.core.read.Reading;
import io.jwal.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A log open for reading. Follows whoever writes it, in this process or another, and changes nothing. */
public final class FollowingLog implements WalReader {
    private final Store store;
    private final FollowerSource source;
    private final Reading reading;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FollowingLog(Store store, FollowerSource source) {
        this.store = store;
        this.source = source;
        this.reading = new Reading(source);
    }

    /**
     * Opens a log for reading.
     *
     * @param store where it lives; closed with the log, and when opening fails
     */
    public static FollowingLog open(Store store, EngineSettings settings) {
        try {
            return new FollowingLog(store, new FollowerSource(store, settings));
        } catch (IOException | RuntimeException | Error e) {
            try (store) {
                throw e;
            } catch (IOException failure) {
                throw StoreTrouble.of(
                        "the log could not be opened for reading",
                        "nothing was changed, try again when the cause is mended",
                        failure);
            }
        }
    }

    @Override
    public long firstIndex() {
        source.checkOpen();
        return source.latest(true).view().firstIndex();
    }

    @Override
    public long lastIndex() {
        source.checkOpen();
        return source.readableEnd(Long.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        source.checkOpen();
        FollowerSource.Seen now = source.latest(true);
        return now.end() < now.view().firstIndex();
    }

    @Override
    public long durableIndex() {
        return lastIndex();
    }

    @Override
    public byte[] read(long index) {
        return reading.read(index);
    }

    @Override
    public List<Entry> read(long from, int maxEntries, long maxBytes) {
        return reading.read(from, maxEntries, maxBytes);
    }

    @Override
    public Cursor cursor(long from) {
        return reading.cursor(from);
    }

    @Override
    public Stream<Entry> entries(long from, long to) {
        return reading.entries(from, to);
    }

    @Override
    public long indexAt(Instant time) {
        return reading.indexAt(time);
    }

    @Override
    public Optional<byte[]> property(String name) {
        return Optional.ofNullable(state().properties().get(name));
    }

    @Override
    public Set<String> propertyNames() {
        return state().properties().keySet();
    }

    @Override
    public Map<String, Long> consumers() {
        Map<String, Long> next = state().consumers();
        // Who compares them with the end does not find them ahead of it.
        next.values().stream().max(Long::compare).ifPresent(furthest -> source.catchUp(furthest - 1));
        return next;
    }

    private LogState state() {
        source.checkOpen();
        try {
            return store.readRegister(StateCodec.STATE.registerName())
                    .map(register -> StateCodec.STATE.decode(register.content()))
                    .orElseGet(LogState::empty);
        } catch (IOException e) {
            throw StoreTrouble.of("the log's state could not be read", "try again when the cause is mended", e);
        }
    }

    @Override
    public WalStats stats() {
        source.checkOpen();
        FollowerSource.Seen now = source.latest(false);
        return Statistics.of(now.view(), now.end(), now.end(), store, source.segments(), Statistics.NO_APPENDS);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            source.close();
            try {
                store.close();
            } catch (IOException e) {
                throw new StoreFailedException(
                        "the log is closed, but the store did not let go of everything: " + e.getMessage(), e);
            }
        }
    }
}
