package io.jwal.store.file;

/** A segment written in this process: its writer says how far it goes. */
final class WriterExtent implements Extent {
    private volatile long appended;
    private volatile long synced;
    private volatile boolean sealed;

    void appended(long length) {
        appended = length;
    }

    void synced(long length) {
        synced = length;
    }

    void sealed() {
        sealed = true;
    }

    @Override
    public long size(DiskFile file) {
        return appended;
    }

    @Override
    public long mappable(DiskFile file) {
        return appended;
    }

    @Override
    public boolean isFinal() {
        return sealed;
    }

    @Override
    public long claimed() {
        return synced;
    }
}
