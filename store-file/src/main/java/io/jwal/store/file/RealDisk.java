package io.jwal.store.file;

import io.jwal.store.StoreException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A directory of the operating system. */
final class RealDisk implements Disk {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int BOOT_ID_BYTES = 16;

    private final Path root;
    private final FileAttribute<?>[] directoryMode;
    private final FileAttribute<?>[] fileMode;
    private final DirectorySyncer directories;
    private final String boot = readBoot();

    RealDisk(FileStoreConfig config) {
        root = config.directory().toAbsolutePath();
        directoryMode = mode(config.directoryMode());
        fileMode = mode(config.fileMode());
        directories = new DirectorySyncer(root.toString());
    }

    private FileAttribute<?>[] mode(Set<PosixFilePermission> permissions) {
        return root.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    @Override
    public Kind kind(String name) throws IOException {
        Path path = path(name);
        try {
            Kind kind = kind(path, LinkOption.NOFOLLOW_LINKS);
            return kind == Kind.OTHER && name.isEmpty() ? kindOfRoot() : kind;
        } catch (NoSuchFileException e) {
            return Kind.ABSENT;
        }
    }

    /** The log's own directory may be a link to one, and nothing within it; a link to none is in the way. */
    private Kind kindOfRoot() throws IOException {
        try {
            return kind(root);
        } catch (NoSuchFileException e) {
            return Kind.OTHER;
        }
    }

    private static Kind kind(Path path, LinkOption... options) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, options);
        if (attributes.isDirectory()) {
            return Kind.DIRECTORY;
        }
        return attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
    }

    @Override
    public String describe(String name) {
        return path(name).toString();
    }

    @Override
    public void createRoot() throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = root; path != null && !Files.exists(path); path = path.getParent()) {
            if (Files.isSymbolicLink(path)) {
                throw new StoreException(path + " is a symbolic link to " + Files.readSymbolicLink(path)
                        + ", which does not exist: create that directory (or mount it), or configure another one");
            }
            missing.push(path);
        }
        if (missing.isEmpty() && !Files.isDirectory(root)) {
            throw new StoreException(root + " is not a directory: configure a directory of the log's own");
        }
        for (Path path : missing) {
            try {
                Files.createDirectory(path, directoryMode);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
        Path parent = root.getParent();
        if (missing.isEmpty() && parent != null && kind(FileStore.LOCK) == Kind.ABSENT) {
            // Whoever made the directory may not have synced its name, and may have been killed before doing so.
            try {
                directories.sync(parent);
            } catch (IOException e) {
                if (!(e.getCause() instanceof AccessDeniedException)) {
                    throw e;
                }
            }
        }
        for (Path path : missing) {
            Path above = path.getParent();
            if (above != null) {
                directories.sync(above);
            }
        }
    }

    @Override
    public void createDirectory(String name) throws IOException {
        Files.createDirectory(path(name), directoryMode);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(directory))) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (NotDirectoryException e) {
            throw new StoreException(path(directory) + " is not a directory: move it away, it is not the log's", e);
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public DiskFile create(String name) throws IOException {
        Path path = path(name);
        Files.createFile(path, fileMode);
        try {
            return RealFile.openCreated(path);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return open(path(name), "rw");
    }

    @Override
    public DiskFile openToRead(String name) throws IOException {
        return open(path(name), "r");
    }

    private static DiskFile open(Path path, String mode) throws IOException {
        try {
            return RealFile.open(path, mode);
        } catch (FileNotFoundException e) {
            // The JDK says this of whatever keeps a file from being opened.
            if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                NoSuchFileException absent = new NoSuchFileException(path.toString());
                absent.initCause(e);
                throw absent;
            }
            throw e;
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public boolean delete(String name) throws IOException {
        return Files.deleteIfExists(path(name));
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        directories.sync(path(directory));
    }

    @Override
    public void syncDirectorySoon(String directory) throws IOException {
        directories.syncSoon(path(directory));
    }

    @Override
    public DiskLock lock(String name) throws IOException {
        return RealLock.acquire(root, path(name), fileMode);
    }

    /**
     * The boot together with the directory: a copy of a log, or a snapshot that is mounted beside it, holds files of
     * different moments though the boot is the same.
     */
    @Override
    public byte[] bootId() {
        ByteBuffer id = ByteBuffer.allocate(BOOT_ID_BYTES);
        try {
            Object directory =
                    Files.readAttributes(root, BasicFileAttributes.class).fileKey();
            if (!boot.isEmpty() && directory != null) {
                UUID both = UUID.nameUUIDFromBytes((boot + " " + directory).getBytes(StandardCharsets.UTF_8));
                id.putLong(both.getMostSignificantBits()).putLong(both.getLeastSignificantBits());
            }
        } catch (IOException e) {
            // Zeros say that boots cannot be told apart.
            return new byte[BOOT_ID_BYTES];
        }
        return id.array();
    }

    private static String readBoot() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return ""; // not Linux, or /proc is hidden
        }
    }

    @Override
    public boolean isFull(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            return true;
        }
        if (message.contains("Input/output error")) {
            return false;
        }
        return usableBytes() == 0; // the message is in the user's language, so this may be the only way to tell
    }

    @Override
    public long usableBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void close() throws IOException {
        directories.close();
    }

    private Path path(String name) {
        return name.isEmpty() ? root : root.resolve(name);
    }
}
