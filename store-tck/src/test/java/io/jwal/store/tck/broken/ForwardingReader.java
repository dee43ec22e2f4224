package io.jwal.store.tck.broken;

import io.jwal.store.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Does what another reader does; a mistake overrides one method. */
class ForwardingReader implements SegmentReader {
    final SegmentReader sound;

    ForwardingReader(SegmentReader sound) {
        this.sound = sound;
    }

    @Override
    public long size() throws IOException {
        return sound.size();
    }

    @Override
    public long claimedSize() {
        return sound.claimedSize();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return sound.read(position, target);
    }

    @Override
    public ByteBuffer slice(long position, int length) throws IOException {
        return sound.slice(position, length);
    }

    @Override
    public @Nullable ByteBuffer mapped() {
        return sound.mapped();
    }

    @Override
    public long heapBytes() {
        return sound.heapBytes();
    }

    @Override
    public void close() throws IOException {
        sound.close();
    }
}
