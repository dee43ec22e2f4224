package io.jwal.store.file;

import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFullException;
import io.jwal.store.StoreUnreadableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Says what a failure of the disk means for the log, and what to do. Failures that say it already stay as they are. */
final class DiskTrouble {
    private final Disk disk;

    DiskTrouble(Disk disk) {
        this.disk = disk;
    }

    /** Explains a failure to change something. */
    IOException changing(String what, String where, IOException failure) {
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
        if (isDenied(failure)) {
            return new StoreException(
                    problem + "permission denied; let the user of this process write there, or open the log with"
                            + " openReader, which only reads",
                    failure);
        }
        if (reason(failure).contains("Read-only file system")) {
            return new StoreException(
                    problem + "the file system is read-only; mount it for writing (after an I/O error systems switch"
                            + " to read-only by themselves: check the disk), or open the log with openReader",
                    failure);
        }
        return new StoreException(problem + reason(failure), failure);
    }

    /** Explains a failure to read something. Only an I/O error of the disk says that it is lost; all else may go by. */
    IOException reading(String what, String where, IOException failure) {
        if (failure instanceof StoreException) {
            return failure;
        }
        String problem = "cannot " + what + " " + where + ": ";
        if (isDenied(failure)) {
            return new StoreUnreadableException(
                    problem + "permission denied; let the user of this process read it", failure);
        }
        if (reason(failure).contains("Too many open files")) {
            return new StoreUnreadableException(
                    problem + "too many open files; raise the limit of this process (ulimit -n)", failure);
        }
        if (reason(failure).contains("Input/output error")) {
            return new StoreCorruptException(
                    problem + "Input/output error: the disk does not give back what is there; check the disk, and take"
                            + " what is lost from a backup",
                    failure);
        }
        return new StoreException(problem + reason(failure), failure);
    }

    private static boolean isDenied(IOException failure) {
        return failure instanceof AccessDeniedException || reason(failure).contains("Permission denied");
    }

    private static String reason(IOException failure) {
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? failure.toString() : reason;
    }
}
