package io.jwal.store.file;

import io.jwal.store.Store;
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
public final class SimulatedDisk implements Disk {
    /** What is called. */
    public enum Call {
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

    /** Called before every call, and may fail it. Other calls go on meanwhile. */
    @FunctionalInterface
    public interface Script {
        /** Before a call; throws what the call throws. */
        void before(Call call, String name) throws IOException;

        /** Within a {@link Call#WRITE_THROUGH}: its bytes are in the cache, and any of them may be on the disk. */
        default void within(String name) {}
    }

    private static final int BOOT_ID_BYTES = 16;

    private final Map<String, SimulatedDirectory<SimulatedNode>> directories = new TreeMap<>();
    private SimulatedDirectory<String> root = new SimulatedDirectory<>();
    private final long boot;
    private volatile Script script = (call, name) -> {};
    private long capacity = Long.MAX_VALUE;
    private boolean exists;
    private boolean locked;
    private int handles;
    private long time;
    private volatile boolean off;
    private volatile @Nullable AssertionError misuse;

    /** An empty disk, in its first boot. */
    public SimulatedDisk() {
        this(1);
    }

    private SimulatedDisk(long boot) {
        this.boot = boot;
        directories.put("", new SimulatedDirectory<>());
    }

    /** Has every call told from now on. */
    public void script(Script script) {
        this.script = script;
    }

    /** The file store, on this disk. */
    public Store store(boolean preallocate) {
        return new FileStore(this, preallocate, System.getLogger("io.jwal"));
    }

    /** Every call fails from now on, and nobody is told of it: the machine is off. */
    public void turnOff() {
        off = true;
    }

    /** What its user must not do and did, or null. */
    public @Nullable AssertionError misuse() {
        return misuse;
    }

    void capacity(long bytes) {
        capacity = bytes;
    }

    /** How many files are open. */
    public synchronized int openHandles() {
        return handles;
    }

    /** All names and bytes. */
    public synchronized Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        directories.forEach((directory, names) -> names.current().forEach((name, node) -> {
            byte[] bytes = new byte[(int) node.length()];
            node.read(0, bytes, 0, bytes.length);
            contents.put(directory + "/" + name, HexFormat.of().formatHex(bytes));
        }));
        return contents;
    }

    /** Bits of a file rot, on the disk as well. */
    public synchronized void flip(String name, long position, int mask) {
        SimulatedNode node =
                directories.get(name.substring(0, name.indexOf('/'))).get(last(name));
        if (node == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        byte[] rotten = new byte[1];
        node.read(position, rotten, 0, 1);
        rotten[0] ^= (byte) mask;
        node.write(position, rotten, 0, 1, ++time);
        node.syncRange(position, position + 1);
    }

    /** Whether somebody holds the lock. */
    public synchronized boolean isLocked() {
        return locked;
    }

    /** What a power cut leaves, in one of many ways. */
    public SimulatedDisk crash(long seed) {
        return crash(Landing.seeded(seed));
    }

    /** What a power cut leaves, as somebody decides. */
    public synchronized SimulatedDisk crash(Landing landing) {
        SimulatedDisk left = new SimulatedDisk(boot + 1);
        left.exists = exists;
        left.capacity = capacity;
        left.root = root.crash(landing, name -> name);
        for (String name : left.root.current().keySet()) {
            left.directories.put(name, directories.get(name).crash(landing, node -> node.crash(landing)));
        }
        left.directories.put("", directories.get("").crash(landing, node -> node.crash(landing)));
        return left;
    }

    /** What the end of the process leaves. */
    public synchronized SimulatedDisk kill() {
        SimulatedDisk left = new SimulatedDisk(boot);
        left.exists = exists;
        left.capacity = capacity;
        left.time = time;
        Map<SimulatedNode, SimulatedNode> nodes = new IdentityHashMap<>();
        directories.forEach((name, directory) ->
                left.directories.put(name, directory.kill(node -> nodes.computeIfAbsent(node, SimulatedNode::kill))));
        left.root = root.kill(name -> name);
        return left;
    }

    void call(Call call, String name) throws IOException {
        checkOn();
        script.before(call, name);
    }

    /** Asked again before a sync takes effect: it may have been turned off, and asked what is left, since the call began. */
    void checkOn() throws IOException {
        if (off) {
            throw new IOException("the machine is off");
        }
    }

    /** Why a call that goes on nevertheless fails, or null. */
    @Nullable
    IOException failure(Call call, String name) {
        try {
            call(call, name);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    AssertionError misused(AssertionError how) {
        misuse = how;
        return how;
    }

    AssertionError syncedAgain(String what) {
        return misused(new AssertionError("a sync of " + what + " is tried again after one failed"));
    }

    void within(String name) {
        script.within(name);
    }

    boolean isOff() {
        return off;
    }

    /** The next moment. With this disk's monitor. */
    long tick() {
        return ++time;
    }

    private SimulatedFile opened(String name, SimulatedNode node) {
        handles++;
        return new SimulatedFile(this, name, node);
    }

    /** A file was closed. With this disk's monitor. */
    void closed() {
        handles--;
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
    long room(SimulatedNode node) {
        if (capacity == Long.MAX_VALUE) {
            return capacity;
        }
        long used = 0;
        for (SimulatedDirectory<SimulatedNode> directory : directories.values()) {
            for (SimulatedNode other : directory.current().values()) {
                used += other.length();
            }
        }
        return node.length() + Math.max(0, capacity - used);
    }

    /** What a full disk says. */
    public static IOException full() {
        return new IOException("No space left on device");
    }

    /** What a broken disk says. */
    public static IOException broken() {
        return new IOException("Input/output error");
    }

    @Override
    public Kind kind(String name) throws IOException {
        call(Call.KIND, name);
        return find(name);
    }

    private synchronized Kind find(String name) {
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
    public void createRoot() throws IOException {
        call(Call.CREATE_ROOT, "");
        synchronized (this) {
            exists = true;
        }
    }

    @Override
    public void createDirectory(String name) throws IOException {
        call(Call.CREATE_DIRECTORY, name);
        synchronized (this) {
            if (directories.putIfAbsent(name, new SimulatedDirectory<>()) != null) {
                throw new FileAlreadyExistsException(name);
            }
            root.put(name, name, ++time);
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        call(Call.LIST, directory);
        synchronized (this) {
            List<String> names = new ArrayList<>(directory(directory).current().keySet());
            if (directory.isEmpty()) {
                names.addAll(root.current().keySet());
            }
            return names;
        }
    }

    @Override
    public DiskFile create(String name) throws IOException {
        call(Call.CREATE, name);
        synchronized (this) {
            if (parent(name).get(last(name)) != null) {
                throw new FileAlreadyExistsException(name);
            }
            SimulatedNode node = new SimulatedNode();
            parent(name).put(last(name), node, ++time);
            return opened(name, node);
        }
    }

    @Override
    public DiskFile open(String name) throws IOException {
        call(Call.OPEN, name);
        return existing(name);
    }

    @Override
    public DiskFile openToRead(String name) throws IOException {
        call(Call.OPEN_TO_READ, name);
        return existing(name);
    }

    private synchronized DiskFile existing(String name) throws IOException {
        @Nullable SimulatedNode node = parent(name).get(last(name));
        if (node == null) {
            throw new NoSuchFileException(name);
        }
        return opened(name, node);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        call(Call.RENAME, from);
        synchronized (this) {
            if (parent(from).get(last(from)) == null) {
                throw new NoSuchFileException(from);
            }
            parent(from).rename(last(from), last(to), ++time);
        }
    }

    @Override
    public boolean delete(String name) throws IOException {
        call(Call.DELETE, name);
        synchronized (this) {
            if (parent(name).get(last(name)) == null) {
                return false;
            }
            parent(name).remove(last(name), ++time);
            return true;
        }
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        IOException failure = failure(Call.SYNC_DIRECTORY, directory);
        synchronized (this) {
            SimulatedDirectory<SimulatedNode> names = directory(directory);
            if (names.syncFailed()) {
                throw syncedAgain("the directory " + directory);
            }
            if (failure != null) {
                names.failSync();
                throw failure;
            }
            checkOn();
            names.sync();
            if (directory.isEmpty()) {
                root.sync();
            }
        }
    }

    @Override
    public void syncDirectorySoon(String directory) {
        // Later than any crash that a test makes.
    }

    @Override
    public DiskLock lock(String name) throws IOException {
        call(Call.LOCK, name);
        synchronized (this) {
            if (locked) {
                throw new StoreLockedException("locked");
            }
            locked = true;
            // A new claim builds on nothing that an earlier one could not sync: it writes it again.
            directories.values().forEach(SimulatedDirectory::forgive);
            SimulatedNode node = new SimulatedNode();
            directory("").put(name, node, ++time);
            return new Lock(name, node);
        }
    }

    @Override
    public byte[] bootId() {
        return ByteBuffer.allocate(BOOT_ID_BYTES).putLong(boot).array();
    }

    @Override
    public long usableBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isFull(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("No space left");
    }

    @Override
    public void close() {}

    private final class Lock implements DiskLock {
        private final String name;
        private final SimulatedNode node;

        Lock(String name, SimulatedNode node) {
            this.name = name;
            this.node = node;
        }

        @Override
        public boolean isCurrent() throws IOException {
            synchronized (SimulatedDisk.this) {
                return directory("").get(name) == node;
            }
        }

        @Override
        public void close() {
            synchronized (SimulatedDisk.this) {
                locked = false;
            }
        }
    }
}
