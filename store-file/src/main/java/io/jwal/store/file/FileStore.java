package io.jwal.store.file;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreTraits;
import io.jwal.store.Version;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A log's bytes in a directory: {@code LOCK}, {@code WATERMARK}, {@code registers/<name>} and
 * {@code segments/<id>.seg}. What reads is here and touches no LOCK; all that changes something goes through the
 * {@link FileClaim}.
 */
final class FileStore implements Store {
    static final String LOCK = "LOCK";

    private static final StoreTraits TRAITS = StoreTraits.localDefaults();

    private final Disk disk;
    private final DiskTrouble trouble;
    private final boolean preallocate;
    private final System.Logger logger;
    private final Counters counters = new Counters();
    private final MappedMemory memory = new MappedMemory();
    private final ReentrantLock claiming = new ReentrantLock();
    private volatile @Nullable FileClaim claim;
    private volatile boolean closed;

    FileStore(Disk disk, boolean preallocate, System.Logger logger) {
        this.disk = disk;
        this.preallocate = preallocate;
        this.logger = logger;
        trouble = new DiskTrouble(disk);
    }

    @Override
    public StoreTraits traits() {
        return TRAITS;
    }

    @Override
    public WriterClaim claimWriter() throws IOException {
        claiming.lock();
        try {
            checkOpen();
            FileClaim taken = FileClaim.take(disk, preallocate, memory, counters, logger);
            claim = taken;
            return taken;
        } finally {
            claiming.unlock();
        }
    }

    @Override
    public Optional<Register> readRegister(String name) throws IOException {
        Registers.checkName(name);
        return read("read the register", Registers.DIRECTORY + "/" + name, () -> {
            Optional<Register> register = Registers.read(disk, name);
            if (register.isEmpty()) {
                checkDirectory();
            }
            return register;
        });
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        Registers.checkName(name);
        if (content.remaining() > RegisterFile.MAX_CONTENT) {
            throw new IllegalArgumentException(
                    "a register holds at most " + RegisterFile.MAX_CONTENT + " bytes, but got " + content.remaining());
        }
        return claimed().writeRegister(name, expected, content);
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        Objects.requireNonNull(id, "id");
        if (expectedBytes < 0) {
            throw new IllegalArgumentException("expectedBytes is at least 0, but got " + expectedBytes);
        }
        return claimed().createSegment(id, expectedBytes);
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        claimed().fenceSegment(Objects.requireNonNull(id, "id"));
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        String name = Segments.name(id);
        return read("read", name, () -> {
            DiskFile file;
            try {
                file = disk.openToRead(name);
            } catch (NoSuchFileException e) {
                checkDirectory();
                throw new SegmentNotFoundException(id, "there is no segment " + disk.describe(name));
            }
            boolean done = false;
            try {
                SegmentReader reader =
                        new FileSegmentReader(file, extent(id, file), memory, id, disk.describe(name), trouble);
                done = true;
                return reader;
            } finally {
                if (!done) {
                    file.close();
                }
            }
        });
    }

    private Extent extent(SegmentId id, DiskFile file) throws IOException {
        FileClaim holder = claim;
        return holder != null && holder.isOpen() ? holder.extent(id, file) : FollowerExtent.open(disk, id);
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        claimed().deleteSegment(Objects.requireNonNull(id, "id"));
    }

    @Override
    public List<SegmentId> listSegments() throws IOException {
        return read("list", Segments.DIRECTORY, () -> {
            List<SegmentId> ids = Segments.list(disk);
            if (ids.isEmpty()) {
                checkDirectory();
            }
            return ids;
        });
    }

    @Override
    public Map<String, Long> counters() {
        return counters.snapshot(memory);
    }

    /** What is not there was never written, unless the directory itself cannot be what was meant. */
    private void checkDirectory() throws IOException {
        // Asked once, for somebody may make the directory at this moment.
        Disk.Kind kind = disk.kind("");
        if (kind != Disk.Kind.DIRECTORY && kind != Disk.Kind.ABSENT) {
            throw new StoreException(disk.describe("") + " is not a directory, or a symbolic link to none: check the"
                    + " configured directory, and that it is mounted");
        }
    }

    private <T> T read(String what, String name, IoCall<T> call) throws IOException {
        checkOpen();
        try {
            return call.run();
        } catch (IOException e) {
            throw trouble.reading(what, disk.describe(name), e);
        }
    }

    private FileClaim claimed() throws IOException {
        checkOpen();
        FileClaim holder = claim;
        if (holder == null) {
            throw new IllegalStateException(
                    "only who holds the result of claimWriter() may change " + disk.describe(""));
        }
        return holder;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new StoreException("the store of " + disk.describe("") + " is closed");
        }
    }

    @Override
    public void close() throws IOException {
        claiming.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            FileClaim holder = claim;
            try (disk) {
                if (holder != null) {
                    holder.close();
                }
            }
        } finally {
            claiming.unlock();
        }
    }
}
