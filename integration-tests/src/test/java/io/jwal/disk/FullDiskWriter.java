package io.jwal.disk;

import io.jwal.Wal;
import io.jwal.WalFailedException;
import io.jwal.core.JWal;
import java.nio.file.Path;

/** Appends until the disk is full, says the last index that was acknowledged, and waits to be killed. */
final class FullDiskWriter {
    private FullDiskWriter() {}

    /** Argument: the directory of the log. */
    public static void main(String[] arguments) throws InterruptedException {
        Wal wal = JWal.open(FullDiskTest.config(Path.of(arguments[0])));
        long last = 0;
        try {
            while (true) {
                last = wal.append(FullDiskTest.content(last + 1));
            }
        } catch (WalFailedException e) {
            System.out.println(last);
            Thread.currentThread().join();
        }
    }
}
