package io.jwal.store.file;

import io.jwal.store.StoreLockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk that promises what {@link Disk} says and not one bit more. {@link #crash} gives the disk as a power cut at
 * this moment may leave it, {@link #kill} as the end of the process does; this one goes on as if nothing had happened,
 * so that one run can be cut at every call, in many ways each.
 *
 * <p>It also watches its user: a sync that failed must not be tried again, what is mapped must not be cut off, every
 * handle must be closed.
 */
final class SimulatedDisk implements Disk {
    /** What is called. */
    enum Call {
        CREATE_ROOT,
        CREATE_DIRECTORY,
        KIND,
        LIST,
        CREATE,
        OPEN,
        OPEN_TO_READ,
        RENAME,
        DELETE,
        SYNC_DIRECTORY,
        LOCK,
        LENGTH,
        READ,
        WRITE,
        WRITE_THROUGH,
        SYNC,
        TRUNCATE,
        MAP
    }

    /** Called before every call, and may fail it. */
    @FunctionalInterface
    interface Script {
        void before(Call call, String name) throws IOException;
    }

    private static final int BOOT_ID_BYTES = 16;

    private final Map<String, SimulatedDirectory<SimulatedNode>> directories = new TreeMap<>();
    private SimulatedDirectory<String> root = new SimulatedDirectory<>();
    private final long boot;
    private Script script = (call, name) -> {};
    private long capacity = Long.MAX_VALUE;
    private boolean exists;
    private boolean locked;
    private int handles;

    SimulatedDisk() {
        this(1);
    }

    private SimulatedDisk(long boot) {
        this.boot = boot;
        directories.put("", new SimulatedDirectory<>());
    }

    void script(Script script) {
        this.script = script;
    }

    void capacity(long bytes) {
        capacity = bytes;
    }

    int openHandles() {
        return handles;
    }

    /** All names and bytes. */
    synchronized Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        directories.forEach((directory, names) -> names.current().forEach((name, node) -> {
            byte[] bytes = new byte[(int) node.length()];
            node.read(0, bytes, 0, bytes.length);
            contents.put(directory + "/" + name, HexFormat.of().formatHex(bytes));
        }));
        return contents;
    }

    boolean isLocked() {
        return locked;
    }

    /** What a power cut leaves, in one of many ways. */
    SimulatedDisk crash(long seed) {
        SimulatedNode.Chance chance = new SimulatedNode.Chance(seed);
        SimulatedDisk left = new SimulatedDisk(boot + 1);
        left.exists = exists;
        left.capacity = capacity;
        left.root = root.crash(chance, name -> name);
        for (String name : left.root.current().keySet()) {
            left.directories.put(name, directories.get(name).crash(chance, node -> node.crash(chance)));
        }
        left.directories.put("", directories.get("").crash(chance, node -> node.crash(chance)));
        return left;
    }

    /** What the end of the process leaves. */
    SimulatedDisk kill() {
        SimulatedDisk left = new SimulatedDisk(boot);
        left.exists = exists;
        left.capacity = capacity;
        Map<SimulatedNode, SimulatedNode> nodes = new IdentityHashMap<>();
        directories.forEach((name, directory) ->
                left.directories.put(name, directory.kill(node -> nodes.computeIfAbsent(node, SimulatedNode::kill))));
        left.root = root.kill(name -> name);
        return left;
    }

    private void call(Call call, String name) throws IOException {
        script.before(call, name);
    }

    private SimulatedDirectory<SimulatedNode> directory(String name) throws IOException {
        SimulatedDirectory<SimulatedNode> directory = exists ? directories.get(name) : null;
        if (directory == null) {
            throw new NoSuchFileException(name);
        }
        return directory;
    }

    private SimulatedDirectory<SimulatedNode> parent(String name) throws IOException {
        return directory(name.contains("/") ? name.substring(0, name.indexOf('/')) : "");
    }

    private static String last(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    /** How long the disk lets a file be. */
    private long room(SimulatedNode node) {
        long used = 0;
        for (SimulatedDirectory<SimulatedNode> directory : directories.values()) {
            for (SimulatedNode other : directory.current().values()) {
                used += other.length();
            }
        }
        return node.length() + Math.max(0, capacity - used);
    }

    static IOException full() {
        return new IOException("No space left on device");
    }

    static IOException broken() {
        return new IOException("Input/output error");
    }

    @Override
    public synchronized Kind kind(String name) throws IOException {
        call(Call.KIND, name);
        if (!exists) {
            return Kind.ABSENT;
        }
        if (directories.containsKey(name)) {
            return Kind.DIRECTORY;
        }
        SimulatedDirectory<SimulatedNode> parent =
                directories.get(name.contains("/") ? name.substring(0, name.indexOf('/')) : "");
        return parent != null && parent.get(last(name)) != null ? Kind.FILE : Kind.ABSENT;
    }

    @Override
    public String describe(String name) {
        return "simulated/" + name;
    }

    @Override
    public synchronized void createRoot() throws IOException {
        call(Call.CREATE_ROOT, "");
        exists = true;
    }

    @Override
    public synchronized void createDirectory(String name) throws IOException {
        call(Call.CREATE_DIRECTORY, name);
        if (directories.putIfAbsent(name, new SimulatedDirectory<>()) != null) {
            throw new FileAlreadyExistsException(name);
        }
        root.put(name, name);
    }

    @Override
    public synchronized List<String> list(String directory) throws IOException {
        call(Call.LIST, directory);
        List<String> names = new ArrayList<>(directory(directory).current().keySet());
        if (directory.isEmpty()) {
            names.addAll(root.current().keySet());
        }
        return names;
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        call(Call.CREATE, name);
        if (parent(name).get(last(name)) != null) {
            throw new FileAlreadyExistsException(name);
        }
        SimulatedNode node = new SimulatedNode();
        parent(name).put(last(name), node);
        return new Handle(name, node);
    }

    @Override
    public synchronized DiskFile open(String name) throws IOException {
        call(Call.OPEN, name);
        return existing(name);
    }

    @Override
    public synchronized DiskFile openToRead(String name) throws IOException {
        call(Call.OPEN_TO_READ, name);
        return existing(name);
    }

    private Handle existing(String name) throws IOException {
        @Nullable SimulatedNode node = parent(name).get(last(name));
        if (node == null) {
            throw new NoSuchFileException(name);
        }
        return new Handle(name, node);
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        call(Call.RENAME, from);
        if (parent(from).get(last(from)) == null) {
            throw new NoSuchFileException(from);
        }
        parent(from).rename(last(from), last(to));
    }

    @Override
    public synchronized boolean delete(String name) throws IOException {
        call(Call.DELETE, name);
        if (parent(name).get(last(name)) == null) {
            return false;
        }
        parent(name).remove(last(name));
        return true;
    }

    @Override
    public synchronized void syncDirectory(String directory) throws IOException {
        SimulatedDirectory<SimulatedNode> names = directory(directory);
        if (names.syncFailed()) {
            throw new AssertionError("a failed sync of the directory " + directory + " is tried again");
        }
        try {
            call(Call.SYNC_DIRECTORY, directory);
        } catch (IOException e) {
            names.failSync();
            throw e;
        }
        names.sync();
        if (directory.isEmpty()) {
            root.sync();
        }
    }

    @Override
    public void syncDirectorySoon(String directory) {
        // Later than any crash that a test makes.
    }

    @Override
    public synchronized DiskLock lock(String name) throws IOException {
        call(Call.LOCK, name);
        if (locked) {
            throw new StoreLockedException("locked");
        }
        locked = true;
        // A new claim builds on nothing that an earlier one could not sync: it writes it again.
        directories.values().forEach(SimulatedDirectory::forgive);
        SimulatedNode node = new SimulatedNode();
        directory("").put(name, node);
        return new DiskLock() {
            @Override
            public boolean isCurrent() throws IOException {
                return directory("").get(name) == node;
            }

            @Override
            public void close() {
                locked = false;
            }
        };
    }

    @Override
    public byte[] bootId() {
        return ByteBuffer.allocate(BOOT_ID_BYTES).putLong(boot).array();
    }

    @Override
    public boolean isFull(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("No space left");
    }

    @Override
    public void close() {}

    /** An open file; it goes on when its name is gone. */
    private final class Handle implements DiskFile {
        private final String name;
        private final SimulatedNode node;
        private boolean closed;

        Handle(String name, SimulatedNode node) {
            this.name = name;
            this.node = node;
            handles++;
        }

        private void use(Call call) throws IOException {
            if (closed) {
                throw new IOException("Stream Closed");
            }
            call(call, name);
        }

        @Override
        public long length() throws IOException {
            synchronized (SimulatedDisk.this) {
                use(Call.LENGTH);
                return node.length();
            }
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            synchronized (SimulatedDisk.this) {
                use(Call.READ);
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
            synchronized (SimulatedDisk.this) {
                writeSome(Call.WRITE, position, source, offset, length);
            }
        }

        private void writeSome(Call call, long position, byte[] source, int offset, int length) throws IOException {
            try {
                use(call);
            } catch (IOException e) {
                if (!closed) {
                    node.write(position, source, offset, length / 2);
                }
                throw e;
            }
            // A disk that fills up takes what fits.
            int fitting = (int) Math.max(0, Math.min(length, room(node) - position));
            node.write(position, source, offset, fitting);
            if (fitting < length) {
                throw full();
            }
        }

        @Override
        public void writeThrough(long position, byte[] source, int offset, int length) throws IOException {
            synchronized (SimulatedDisk.this) {
                if (node.syncFailed()) {
                    throw new AssertionError("a sync of " + name + " is tried again after one failed");
                }
                try {
                    writeSome(Call.WRITE_THROUGH, position, source, offset, length);
                } catch (IOException e) {
                    node.failSync();
                    throw e;
                }
                node.syncRange(position, position + length);
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (SimulatedDisk.this) {
                if (node.syncFailed()) {
                    throw new AssertionError("a sync of " + name + " is tried again after one failed");
                }
                try {
                    use(Call.SYNC);
                } catch (IOException e) {
                    node.failSync();
                    throw e;
                }
                node.sync();
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (SimulatedDisk.this) {
                use(Call.TRUNCATE);
                node.truncate(length);
            }
        }

        @Override
        public ByteBuffer map(long position, int length) throws IOException {
            synchronized (SimulatedDisk.this) {
                use(Call.MAP);
                node.map(position + length);
                byte[] bytes = new byte[length];
                node.read(position, bytes, 0, length);
                return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            }
        }

        @Override
        public void close() {
            synchronized (SimulatedDisk.this) {
                if (!closed) {
                    closed = true;
                    handles--;
                }
            }
        }
    }
}
