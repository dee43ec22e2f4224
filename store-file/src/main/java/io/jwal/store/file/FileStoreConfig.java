package io.jwal.store.file;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Configures a log in a local directory: {@code "store": {"type": "file", "directory": "./data"}}.
 *
 * @param directory where the log lives; created by the first writer, with the parents it lacks. It may be a symbolic
 *     link. It belongs to one log; other files in it are left alone
 * @param directoryPermissions the access mode of directories that are created, such as {@code rwxr-x---} or
 *     {@code 0750}, which is the default. The process's umask may take more away. Not used on file systems without
 *     such modes
 * @param filePermissions the access mode of files that are created; {@code 0640} by default
 * @param preallocate whether the space of segments is written ahead with zeros (the default), so that an append never
 *     changes a file's length. Turn it off on file systems that copy on write (btrfs, ZFS), where it costs and gains
 *     nothing
 */
public record FileStoreConfig(
        Path directory,
        @Nullable String directoryPermissions,
        @Nullable String filePermissions,
        @Nullable Boolean preallocate) {
    private static final String DEFAULT_DIRECTORY_PERMISSIONS = "rwxr-x---";
    private static final String DEFAULT_FILE_PERMISSIONS = "rw-r-----";

    /**
     * Fills in the defaults and checks.
     *
     * @throws IllegalArgumentException if a value cannot work; the message says what would
     */
    public FileStoreConfig {
        Objects.requireNonNull(directory, "directory");
        if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException("directory " + directory + " is not on the machine's own file system;"
                    + " memory maps and locks need a plain path such as /var/lib/app/wal");
        }
        if (directory.toString().isEmpty()) {
            throw new IllegalArgumentException("directory is empty; name one, such as ./data, or \".\" for this one");
        }
        directoryPermissions = directoryPermissions == null ? DEFAULT_DIRECTORY_PERMISSIONS : directoryPermissions;
        filePermissions = filePermissions == null ? DEFAULT_FILE_PERMISSIONS : filePermissions;
        preallocate = preallocate == null || preallocate;
        AccessModes.parse("directoryPermissions", directoryPermissions, "rwx");
        AccessModes.parse("filePermissions", filePermissions, "rw");
    }

    /**
     * A log in a directory, everything else by default.
     *
     * @param directory where the log lives
     */
    public FileStoreConfig(Path directory) {
        this(directory, null, null, null);
    }

    Set<PosixFilePermission> directoryMode() {
        return AccessModes.parse("directoryPermissions", Objects.requireNonNull(directoryPermissions), "rwx");
    }

    Set<PosixFilePermission> fileMode() {
        return AccessModes.parse("filePermissions", Objects.requireNonNull(filePermissions), "rw");
    }

    boolean preallocates() {
        return Boolean.TRUE.equals(preallocate);
    }
}
