package io.jwal.store.file;

import java.io.IOException;

/**
 * A segment that nobody writes any more, as the holder of the claim sees it: all that is in its file, what was written
 * and not synced and zeros that were set aside included. Recovery wants to see exactly that.
 */
final class WholeExtent implements Extent {
    private final long length;
    private final long claimed;

    WholeExtent(DiskFile file, long claimed) throws IOException {
        length = file.length();
        this.claimed = claimed;
    }

    @Override
    public long size(DiskFile file) {
        return length;
    }

    @Override
    public long mappable(DiskFile file) {
        return length;
    }

    @Override
    public boolean isFinal() {
        return true;
    }

    @Override
    public long claimed() {
        return claimed;
    }
}
