package io.jwal.store.file;

import io.jwal.store.SegmentWriter;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFencedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes a segment's file. The first failure is the last thing that happens to it. */
final class FileSegmentWriter implements SegmentWriter {
    private final String where;
    private final DiskFile file;
    private final ZeroedSpace space;
    private final WatermarkSlot slot;
    private final Step guard;
    private final DiskTrouble trouble;
    private final Counters counters;
    private final WriterExtent extent = new WriterExtent();
    private final GatheredBytes bytes = new GatheredBytes();

    /** Held during every call, so that fencing and closing wait for one that is under way. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile long position;
    private long synced;
    private volatile boolean sealed;
    private boolean closed;
    private @Nullable IOException failure;

    FileSegmentWriter(
            String where,
            DiskFile file,
            ZeroedSpace space,
            WatermarkSlot slot,
            Step guard,
            DiskTrouble trouble,
            Counters counters) {
        this.where = where;
        this.file = file;
        this.space = space;
        this.slot = slot;
        this.guard = guard;
        this.trouble = trouble;
        this.counters = counters;
    }

    /** Sets space aside before the first append. */
    void reserve(long expectedBytes, MappedMemory memory) throws IOException {
        lock.lock();
        try {
            check();
            space.begin(expectedBytes);
            long deleted = memory.deletedBytes();
            if (deleted > 0 && isShort(deleted)) {
                memory.releaseDeleted(() -> {
                    space.retry(expectedBytes);
                    return !isShort(deleted);
                });
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether space is scarce, or less is left than deleted segments hold: it will be missed before long. */
    private boolean isShort(long deleted) {
        return space.isScarce() || space.left() < deleted;
    }

    WriterExtent extent() {
        return extent;
    }

    WatermarkSlot slot() {
        return slot;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void append(ByteBuffer... buffers) throws IOException {
        long total = GatheredBytes.total(buffers);
        perform("append to", () -> write(buffers, total));
    }

    @Override
    public void sync() throws IOException {
        perform("sync", this::syncFile);
    }

    @Override
    public void appendAndSync(ByteBuffer... buffers) throws IOException {
        long total = GatheredBytes.total(buffers);
        perform("append to", () -> {
            // One call does both, but covers only the bytes it writes itself.
            if (synced == position
                    && total > 0
                    && total <= GatheredBytes.MAX_PIECE
                    && space.suffices(position + total, total)) {
                bytes.drain(
                        buffers,
                        total,
                        (source, offset, length) -> file.writeThrough(position, source, offset, length));
                space.growBehind(position + total, total);
                appended(total);
                synced();
            } else {
                write(buffers, total);
                syncFile();
            }
        });
    }

    private void write(ByteBuffer[] buffers, long total) throws IOException {
        long[] at = {position};
        bytes.drain(buffers, total, (source, offset, length) -> {
            file.write(at[0], source, offset, length);
            at[0] += length;
        });
        space.growBehind(at[0], total);
        appended(total);
    }

    private void appended(long total) {
        long end = position + total;
        position = end;
        extent.appended(end);
        counters.bytesWritten.add(total);
    }

    private void syncFile() throws IOException {
        if (synced < position) {
            file.sync();
            synced();
        }
    }

    private void synced() throws IOException {
        guard.run();
        synced = position;
        counters.syncs.increment();
        slot.synced(position);
        extent.synced(position);
    }

    @Override
    public void seal() throws IOException {
        perform("seal", () -> {
            if (space.exceeds(position)) {
                file.truncate(position);
            }
            file.sync();
            counters.syncs.increment();
            slot.sealed(position);
            extent.synced(position);
            extent.sealed();
            sealed = true;
            counters.segmentsSealed.increment();
        });
    }

    private void perform(String what, Step step) throws IOException {
        lock.lock();
        try {
            check();
            try {
                step.run();
            } catch (IOException e) {
                IOException explained = trouble.changing(what, where, e);
                failure = explained;
                throw explained;
            } catch (RuntimeException | Error e) {
                failure = new IOException("cannot " + what + " " + where, e);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private void check() throws IOException {
        IOException first = failure;
        if (first instanceof StoreFencedException) {
            throw new StoreFencedException(Objects.requireNonNull(first.getMessage()), first);
        }
        if (first != null) {
            throw new StoreException(
                    "nothing more can be written to " + where + ", because an earlier call failed: "
                            + first.getMessage(),
                    first);
        }
        if (sealed || closed) {
            throw new StoreException(where + " is " + (sealed ? "sealed" : "closed") + ", nothing can be added to it");
        }
    }

    /** Makes every later call fail; returns when none is under way. */
    void end(IOException why) {
        lock.lock();
        try {
            if (failure == null && !sealed) {
                failure = why;
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isSealed() {
        return sealed;
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                file.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A step that may fail. */
    interface Step {
        void run() throws IOException;
    }
}
