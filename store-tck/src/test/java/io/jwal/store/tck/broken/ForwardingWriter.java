package io.jwal.store.tck.broken;

import io.jwal.store.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Does what another writer does; a mistake overrides one method. */
class ForwardingWriter implements SegmentWriter {
    final SegmentWriter sound;

    ForwardingWriter(SegmentWriter sound) {
        this.sound = sound;
    }

    @Override
    public long position() {
        return sound.position();
    }

    @Override
    public void append(ByteBuffer... buffers) throws IOException {
        sound.append(buffers);
    }

    @Override
    public void sync() throws IOException {
        sound.sync();
    }

    @Override
    public void appendAndSync(ByteBuffer... buffers) throws IOException {
        append(buffers);
        sync();
    }

    @Override
    public CompletableFuture<Long> syncAsync() {
        return sound.syncAsync();
    }

    @Override
    public void seal() throws IOException {
        sound.seal();
    }

    @Override
    public void close() throws IOException {
        sound.close();
    }
}
