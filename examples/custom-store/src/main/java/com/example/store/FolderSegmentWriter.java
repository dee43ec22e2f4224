package com.example.store;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentWriter;
import io.jwal.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/** Writes one segment. {@link RandomAccessFile} rather than a channel, for an interrupt does not close it (rule 6). */
final class FolderSegmentWriter implements SegmentWriter {
    /** Where a segment's own bytes begin: behind the length that is known to be synced. */
    static final int HEADER = Long.BYTES;

    private static final int CHUNK = 64 << 10;

    private final FolderClaim claim;
    private final SegmentId id;
    private final RandomAccessFile file;
    private final Probe probe;
    private long position;
    private boolean dead; // failed, sealed or closed

    FolderSegmentWriter(FolderClaim claim, SegmentId id, RandomAccessFile file, Probe probe) throws IOException {
        this.claim = claim;
        this.id = id;
        this.file = file;
        this.probe = probe;
        file.writeLong(0);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void append(ByteBuffer... buffers) throws IOException {
        change(() -> {
            probe.before(Probe.Call.WRITE);
            file.seek(HEADER + position);
            for (ByteBuffer buffer : buffers) {
                while (buffer.hasRemaining()) {
                    byte[] chunk = new byte[Math.min(CHUNK, buffer.remaining())];
                    buffer.get(chunk);
                    file.write(chunk);
                    position += chunk.length;
                }
            }
        });
    }

    @Override
    public void sync() throws IOException {
        change(() -> {
            probe.before(Probe.Call.SYNC);
            file.getFD().sync();
            writeSynced(); // only now, so that whichever copy of it reaches the disk is true
        });
    }

    @Override
    public void seal() throws IOException {
        sync();
        change(() -> file.getFD().sync()); // and the length with it
        close();
    }

    private void writeSynced() throws IOException {
        file.seek(0);
        // In one call: writeLong() may write byte by byte, and a reader elsewhere would see a mixture.
        file.write(ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    }

    /** What may fail. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** Dead from the start of each change until it has succeeded, so that no failure is forgotten (rule 3). */
    private void change(Step step) throws IOException {
        if (dead) {
            throw new StoreException("the writer of segment " + id + " has failed, or was sealed or closed");
        }
        dead = true;
        claim.unlessFenced(id, () -> {
            step.run();
            return null;
        });
        dead = false;
    }

    @Override
    public void close() throws IOException {
        dead = true;
        file.close();
    }
}
