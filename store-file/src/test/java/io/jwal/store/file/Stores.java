package io.jwal.store.file;

import io.jwal.store.Store;
import io.jwal.store.tck.TestContext;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Opens stores for tests. */
final class Stores {
    static final System.Logger LOGGER = System.getLogger(Stores.class.getName());

    private Stores() {}

    static Store open(Path directory) {
        return new FileStoreProvider().open(new FileStoreConfig(directory), new TestContext());
    }

    static Store on(Disk disk) {
        return new FileStore(disk, true, LOGGER);
    }

    static RealDisk realDisk(Path directory) {
        return new RealDisk(new FileStoreConfig(directory));
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Bytes that tell where they stand, so that shifted or lost ones show. */
    static ByteBuffer pattern(long position, int length) {
        ByteBuffer out = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            out.put(patternAt(position + i));
        }
        return out.flip();
    }

    static byte patternAt(long position) {
        return (byte) (position * 31 + (position >> 8) * 7 + 1 | 1);
    }
}
