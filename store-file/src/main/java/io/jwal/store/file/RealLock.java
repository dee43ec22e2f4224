package io.jwal.store.file;

import io.jwal.store.StoreException;
import io.jwal.store.StoreLockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.Set;

/**
 * A lock of the operating system on a file, held from {@link #acquire} to {@link #close}, and by at most one in this
 * JVM.
 *
 * <p>A POSIX lock belongs to the process and goes when the process closes <em>any</em> descriptor of the file. So the
 * file is opened once, never read by way of another channel, and a second claim in this JVM is refused before it opens
 * anything. The record of that is a system property: the one place that two class loaders, each with its own copy of
 * this class, have in common.
 */
final class RealLock implements DiskLock {
    private static final String PROPERTY = "io.jwal.store.file.claim.";
    private static final Set<java.nio.file.OpenOption> OPTIONS = Set.of(
            StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
    private static final int PID_DIGITS = 20;

    private final Path path;
    private final Object identity;
    private final String property;
    private final FileChannel channel;

    private RealLock(Path path, Object identity, String property, FileChannel channel) {
        this.path = path;
        this.identity = identity;
        this.property = property;
        this.channel = channel;
    }

    static RealLock acquire(Path directory, Path path, FileAttribute<?>[] mode) throws IOException {
        // Links are followed: two ways to one directory are one log.
        Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        String property = PROPERTY + (key == null ? directory.toRealPath() : key);
        String holder = "process " + ProcessHandle.current().pid();
        if (System.getProperties().putIfAbsent(property, holder) != null) {
            throw new StoreLockedException("the log in " + directory + " is open for writing in this process already:"
                    + " close it there first, or open it with openReader");
        }
        boolean held = false;
        try {
            RealLock lock = Interrupts.shield(() -> tryLock(directory, path, property, mode));
            held = true;
            return lock;
        } finally {
            if (!held) {
                System.clearProperty(property);
            }
        }
    }

    private static RealLock tryLock(Path directory, Path path, String property, FileAttribute<?>[] mode)
            throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(path + " is not a regular file: move it away, it is not the log's");
        }
        FileChannel channel = FileChannel.open(path, OPTIONS, mode);
        boolean held = false;
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new StoreLockedException("the log in " + directory + " is open for writing in another process"
                        + holder(channel) + ": stop that one first, or open it with openReader");
            }
            RealLock claimed = new RealLock(path, identity(path), property, channel);
            claimed.sign();
            held = true;
            return claimed;
        } catch (OverlappingFileLockException e) {
            throw new StoreLockedException(
                    "the log in " + directory + " is open for writing in this process already:"
                            + " close it there first, or open it with openReader",
                    e);
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    /** Leaves the process id for people to find. */
    private void sign() throws IOException {
        String line =
                String.format("%-" + PID_DIGITS + "d%n", ProcessHandle.current().pid());
        try {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (java.nio.channels.ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            // A full disk keeps nobody from locking; the file says nothing about the lock.
            return;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(PID_DIGITS);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("\\d+") ? " (process id " + pid + ")" : "";
    }

    private static Object identity(Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Object key = attributes.fileKey();
        return key == null ? attributes.creationTime() : key;
    }

    @Override
    public boolean isCurrent() throws IOException {
        try {
            return Objects.equals(identity, identity(path));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            System.clearProperty(property);
        }
    }
}
