package com.example.store;

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
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A log in a folder of plain files, written to be read:
 *
 * <pre>
 * LOCK              held by the one writer
 * NAME.register     the version, then the content; replaced by rename
 * ID.segment        8 bytes: how much was synced; then the segment's bytes
 * ID.fence          nothing can be added to this segment any more
 * </pre>
 *
 * <p><b>Durability:</b> what {@code sync} returned from was handed to the disk with {@code fsync}, as were the names of
 * files; it survives the process, the operating system and the power, as far as the disk keeps its word.
 *
 * <p><b>Not here</b>, so that the contract is easy to see: space set aside, memory maps, one file handle for many reads
 * at once. The store of type {@code file} has them and is many times faster. Deleting while reading needs a POSIX system.
 */
final class FolderStore implements Store {
    private static final String SEGMENT = ".segment";
    private static final int MAX_REGISTER = 16 << 20;

    private final Path folder;
    private final Probe probe;
    private volatile FolderClaim claim; // of this store, if it is the writer's
    private volatile boolean closed;

    FolderStore(Path folder, Probe probe) {
        this.folder = folder.toAbsolutePath();
        this.probe = probe;
    }

    @Override
    public StoreTraits traits() {
        return StoreTraits.localDefaults();
    }

    @Override
    public WriterClaim claimWriter() throws IOException {
        checkOpen();
        claim = FolderClaim.take(folder, probe);
        return claim;
    }

    @Override
    public Optional<Register> readRegister(String name) throws IOException {
        checkOpen();
        return readRegister(registerFile(folder, name));
    }

    static Optional<Register> readRegister(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new FileInputStream(file.toFile()))) { // not interruptible
            Version version = new Version(in.readUTF());
            return Optional.of(new Register(version, ByteBuffer.wrap(in.readAllBytes())));
        }
    }

    @Override
    public Register writeRegister(String name, Version expected, ByteBuffer content) throws IOException {
        if (content.remaining() > MAX_REGISTER) {
            throw new IllegalArgumentException("a register takes at most " + MAX_REGISTER + " bytes");
        }
        return claimed().writeRegister(registerFile(folder, name), expected, content);
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        return claimed().createSegment(id);
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        claimed().fence(id);
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        checkOpen();
        Path file = segmentFile(folder, id);
        probe.before(Probe.Call.OPEN);
        try {
            RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r");
            FolderClaim mine = claim;
            return new FolderSegmentReader(opened, probe, mine != null && mine.isHeld());
        } catch (FileNotFoundException e) {
            if (Files.notExists(file)) {
                throw new SegmentNotFoundException(id, "there is no " + file);
            }
            throw e;
        }
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        claimed().delete(id);
    }

    @Override
    public List<SegmentId> listSegments() throws IOException {
        checkOpen();
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .flatMap(FolderStore::segmentId)
                    .sorted()
                    .toList();
        }
    }

    /** The id that a file name stands for; none of a file that is not ours (rule 7). */
    private static Stream<SegmentId> segmentId(String file) {
        try {
            return file.endsWith(SEGMENT)
                    ? Stream.of(SegmentId.parse(file.substring(0, file.length() - SEGMENT.length())))
                    : Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    static Path segmentFile(Path folder, SegmentId id) {
        return folder.resolve(id + SEGMENT);
    }

    private static Path registerFile(Path folder, String name) {
        if (!name.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("not a register's name: \"" + name + "\"");
        }
        return folder.resolve(name + ".register");
    }

    private FolderClaim claimed() throws IOException {
        checkOpen();
        FolderClaim mine = claim;
        if (mine == null) {
            throw new IllegalStateException("only who holds the result of claimWriter() may change " + folder);
        }
        return mine;
    }

    private void checkOpen() throws StoreException {
        if (closed) {
            throw new StoreException("the store of " + folder + " is closed");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        FolderClaim mine = claim;
        if (mine != null) {
            mine.close();
        }
    }
}
