package io.jwal.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file; it goes on when its name is gone. */
final class SimulatedFile implements DiskFile {
    private final SimulatedDisk disk;
    private final String name;
    private final SimulatedNode node;
    private volatile boolean closed;

    SimulatedFile(SimulatedDisk disk, String name, SimulatedNode node) {
        this.disk = disk;
        this.name = name;
        this.node = node;
    }

    private void use(SimulatedDisk.Call call) throws IOException {
        if (closed) {
            throw new IOException("Stream Closed");
        }
        disk.call(call, name);
    }

    @Override
    public long length() throws IOException {
        use(SimulatedDisk.Call.LENGTH);
        synchronized (disk) {
            return node.length();
        }
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        use(SimulatedDisk.Call.READ);
        synchronized (disk) {
            int there = (int) Math.min(length, node.length() - position);
            if (there <= 0) {
                return length == 0 ? 0 : -1;
            }
            node.read(position, target, offset, there);
            return there;
        }
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
        writeSome(SimulatedDisk.Call.WRITE, position, source, offset, length);
    }

    private void writeSome(SimulatedDisk.Call call, long position, byte[] source, int offset, int length)
            throws IOException {
        IOException failure = closed ? new IOException("Stream Closed") : disk.failure(call, name);
        synchronized (disk) {
            // A failing disk takes the half of it, one that fills up what fits.
            int taken = failure != null ? length / 2 : (int) Math.max(0, Math.min(length, disk.room(node) - position));
            if (!closed && !disk.isOff()) {
                node.write(position, source, offset, taken, disk.tick());
            }
            if (failure != null) {
                throw failure;
            }
            if (taken < length) {
                throw SimulatedDisk.full();
            }
        }
    }

    @Override
    public void writeThrough(long position, byte[] source, int offset, int length) throws IOException {
        checkSync();
        try {
            writeSome(SimulatedDisk.Call.WRITE_THROUGH, position, source, offset, length);
            disk.within(name);
        } catch (IOException e) {
            failSync();
            throw e;
        }
        synchronized (disk) {
            disk.checkOn();
            node.syncRange(position, position + length);
        }
    }

    @Override
    public void sync() throws IOException {
        checkSync();
        try {
            use(SimulatedDisk.Call.SYNC);
        } catch (IOException e) {
            failSync();
            throw e;
        }
        synchronized (disk) {
            disk.checkOn();
            node.sync();
        }
    }

    private void checkSync() {
        synchronized (disk) {
            if (node.syncFailed()) {
                throw disk.syncedAgain(name);
            }
        }
    }

    private void failSync() {
        synchronized (disk) {
            node.failSync();
        }
    }

    @Override
    public void truncate(long length) throws IOException {
        use(SimulatedDisk.Call.TRUNCATE);
        synchronized (disk) {
            try {
                node.truncate(length, disk.tick());
            } catch (AssertionError e) {
                throw disk.misused(e);
            }
        }
    }

    @Override
    public ByteBuffer map(long position, int length) throws IOException {
        use(SimulatedDisk.Call.MAP);
        synchronized (disk) {
            node.map(position + length);
            byte[] bytes = new byte[length];
            node.read(position, bytes, 0, length);
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }
    }

    @Override
    public void close() {
        synchronized (disk) {
            if (!closed) {
                closed = true;
                disk.closed();
            }
        }
    }
}
