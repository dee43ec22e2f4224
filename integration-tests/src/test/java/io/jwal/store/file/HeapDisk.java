package io.jwal.store.file;

import io.jwal.store.Store;
import io.jwal.store.StoreLockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A disk on the heap under the real file store, so that a test can damage every bit of a log's files and open it
 * thousands of times. Loses nothing: a snapshot of it is what a killed process leaves. Files are copied when written.
 */
public final class HeapDisk implements Disk {
    private static final int BOOT_ID_BYTES = 16;

    private final Map<String, Content> files = new TreeMap<>();
    private final Set<String> directories = new TreeSet<>();
    private byte[] bootId = new byte[BOOT_ID_BYTES];
    private Consumer<String> beforeWrite = name -> {};
    private boolean locked;

    /** What a file holds; the array may be somebody else's until it is written. */
    private static final class Content {
        private byte[] bytes;
        private boolean shared;

        private Content(byte[] bytes, boolean shared) {
            this.bytes = bytes;
            this.shared = shared;
        }
    }

    /** A disk that holds these files. They are not changed. */
    public HeapDisk(Map<String, byte[]> image) {
        image.forEach((name, bytes) -> files.put(name, new Content(bytes, true)));
        image.keySet().stream()
                .filter(name -> name.contains("/"))
                .forEach(name -> directories.add(name.substring(0, name.lastIndexOf('/'))));
        if (!image.isEmpty()) {
            directories.add("");
        }
    }

    /** Sets what tells this boot from others; zeros, which tell nothing, at first. */
    public HeapDisk boot(byte[] id) {
        bootId = id.clone();
        return this;
    }

    /** Has somebody told before each write to a file that exists, with the file's name. */
    public void beforeWrite(Consumer<String> listener) {
        beforeWrite = listener;
    }

    /** The file store, on this disk. */
    public Store store(boolean preallocate) {
        return new FileStore(this, preallocate, System.getLogger("io.jwal"));
    }

    /** All that is there now. */
    public synchronized Map<String, byte[]> files() {
        Map<String, byte[]> image = new TreeMap<>();
        files.forEach((name, content) -> image.put(name, content.bytes.clone()));
        return image;
    }

    @Override
    public synchronized Kind kind(String name) {
        if (files.containsKey(name)) {
            return Kind.FILE;
        }
        return directories.contains(name) ? Kind.DIRECTORY : Kind.ABSENT;
    }

    @Override
    public String describe(String name) {
        return "heap:" + name;
    }

    @Override
    public synchronized void createRoot() {
        directories.add("");
    }

    @Override
    public synchronized void createDirectory(String name) {
        directories.add(name);
    }

    @Override
    public synchronized List<String> list(String directory) throws IOException {
        if (!directories.contains(directory)) {
            throw new NoSuchFileException(directory);
        }
        List<String> names = new ArrayList<>();
        for (String name : files.keySet()) {
            if (name.startsWith(directory + "/")) {
                names.add(name.substring(directory.length() + 1));
            }
        }
        return names;
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        if (files.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        files.put(name, new Content(new byte[0], false));
        return open(name);
    }

    @Override
    public synchronized DiskFile open(String name) throws IOException {
        Content content = files.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return new HeapFile(name, content);
    }

    @Override
    public DiskFile openToRead(String name) throws IOException {
        return open(name);
    }

    @Override
    public synchronized void rename(String from, String to) {
        files.put(to, files.remove(from));
    }

    @Override
    public synchronized boolean delete(String name) {
        return files.remove(name) != null;
    }

    @Override
    public void syncDirectory(String directory) {
        // Nothing is ever lost.
    }

    @Override
    public void syncDirectorySoon(String directory) {
        // Nothing is ever lost.
    }

    @Override
    public synchronized DiskLock lock(String name) throws IOException {
        if (locked) {
            throw new StoreLockedException("locked");
        }
        locked = true;
        files.putIfAbsent(name, new Content(new byte[0], false));
        return new DiskLock() {
            @Override
            public boolean isCurrent() {
                return true;
            }

            @Override
            public void close() {
                locked = false;
            }
        };
    }

    @Override
    public byte[] bootId() {
        return bootId.clone();
    }

    @Override
    public long usableBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isFull(IOException failure) {
        return false;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private final class HeapFile implements DiskFile {
        private final String name;
        private final Content content;

        private HeapFile(String name, Content content) {
            this.name = name;
            this.content = content;
        }

        @Override
        public long length() {
            synchronized (HeapDisk.this) {
                return content.bytes.length;
            }
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            synchronized (HeapDisk.this) {
                int there = (int) Math.min(length, content.bytes.length - position);
                if (there <= 0) {
                    return -1;
                }
                System.arraycopy(content.bytes, (int) position, target, offset, there);
                return there;
            }
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) {
            beforeWrite.accept(name);
            synchronized (HeapDisk.this) {
                resize((int) Math.max(content.bytes.length, position + length));
                System.arraycopy(source, offset, content.bytes, (int) position, length);
            }
        }

        private void resize(int length) {
            if (content.shared || content.bytes.length != length) {
                content.bytes = Arrays.copyOf(content.bytes, length);
                content.shared = false;
            }
        }

        @Override
        public void writeThrough(long position, byte[] source, int offset, int length) {
            write(position, source, offset, length);
        }

        @Override
        public void sync() {
            // Nothing is ever lost.
        }

        @Override
        public void truncate(long length) {
            synchronized (HeapDisk.this) {
                resize((int) length);
            }
        }

        @Override
        public ByteBuffer map(long position, int length) {
            synchronized (HeapDisk.this) {
                return ByteBuffer.wrap(content.bytes, (int) position, length).slice();
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
