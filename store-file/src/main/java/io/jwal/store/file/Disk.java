package io.jwal.store.file;

import java.io.IOException;
import java.util.List;

/**
 * All that the file store asks of a disk, in primitives that a simulated disk can log, fail and cut short.
 *
 * <p>What may be relied on is exactly this: a successful {@link DiskFile#sync} makes the file's bytes and length
 * durable, a successful {@link #syncDirectory} makes the names in a directory durable, {@link #rename} is atomic, and
 * a sector of 512 bytes is old or new, never mixed. Whatever was not synced may or may not survive a crash, in any
 * combination. After a failed sync nothing is known about what it covered.
 *
 * <p>Names are relative to the log's directory, {@code /} between their parts; the empty name is the directory itself.
 * Links are not followed, except those that lead to the log's directory. No call is disturbed by an interrupt.
 */
interface Disk extends AutoCloseable {
    /** What stands under a name. */
    enum Kind {
        ABSENT,
        FILE,
        DIRECTORY,
        OTHER
    }

    /** Tells what stands under a name. */
    Kind kind(String name) throws IOException;

    /** The name as an operator knows it, for messages. */
    String describe(String name);

    /** Creates the log's directory and the parents it lacks, their names durable. Nothing happens where it exists. */
    void createRoot() throws IOException;

    /** Creates a directory; {@link java.nio.file.FileAlreadyExistsException} when the name is taken. */
    void createDirectory(String name) throws IOException;

    /** The names in a directory; {@link java.nio.file.NoSuchFileException} when there is none. */
    List<String> list(String directory) throws IOException;

    /** Creates a file, open for both; {@link java.nio.file.FileAlreadyExistsException} when the name is taken. */
    DiskFile create(String name) throws IOException;

    /** Opens a file for both; {@link java.nio.file.NoSuchFileException} when there is none. */
    DiskFile open(String name) throws IOException;

    /** Opens a file for reading; {@link java.nio.file.NoSuchFileException} when there is none. */
    DiskFile openToRead(String name) throws IOException;

    /** Renames a file, over another one if need be. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file; false when there was none. */
    boolean delete(String name) throws IOException;

    /** Makes the names in a directory durable. */
    void syncDirectory(String directory) throws IOException;

    /**
     * Makes the names in a directory durable before long, for changes whose loss harms nobody. A failure is thrown by
     * the next {@link #syncDirectory} of that directory.
     */
    void syncDirectorySoon(String directory) throws IOException;

    /** Takes the lock that a file stands for, creating the file if need be; else StoreLockedException. */
    DiskLock lock(String name) throws IOException;

    /** 16 bytes that differ in every run of the operating system and for every directory; zeros when it cannot tell. */
    byte[] bootId();

    /** How many bytes more may be written, about; {@link Long#MAX_VALUE} when it cannot tell. */
    long usableBytes();

    /** Whether a failure means that the disk, or the user's share of it, is full. */
    boolean isFull(IOException failure);

    /** Waits for what {@link #syncDirectorySoon} began, and lets go of threads. */
    @Override
    void close() throws IOException;
}
