package io.jwal.store.file;

import io.jwal.store.StoreException;
import io.jwal.store.StoreFullException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Says what a failure of the disk means for the log, and what to do. */
final class DiskTrouble {
    private final Disk disk;

    DiskTrouble(Disk disk) {
        this.disk = disk;
    }

    /** The failure with its meaning; one that has a meaning already stays as it is. */
    IOException explain(String what, String where, IOException failure) {
        if (failure instanceof StoreException) {
            return failure;
        }
        String problem = "cannot " + what + " " + where + ": ";
        if (disk.isFull(failure)) {
            return new StoreFullException(
                    problem + "no space left on the disk of " + disk.describe("")
                            + "; free space, or let go of old entries with truncateBefore, and open the log again",
                    failure);
        }
        String reason = reason(failure);
        if (failure instanceof AccessDeniedException || reason.contains("Permission denied")) {
            return new StoreException(
                    problem + "permission denied; let the user of this process write there, or open the log with"
                            + " openReader",
                    failure);
        }
        if (reason.contains("Read-only file system")) {
            return new StoreException(
                    problem + "the file system is read-only; mount it for writing (after an I/O error systems switch"
                            + " to read-only: check the disk), or open the log with openReader",
                    failure);
        }
        return new StoreException(problem + reason, failure);
    }

    private static String reason(IOException failure) {
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? failure.toString() : reason;
    }
}
