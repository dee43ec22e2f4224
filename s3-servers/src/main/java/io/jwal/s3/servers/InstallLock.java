package io.jwal.s3.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Installs into a folder once, whichever process comes first; one that was begun and not finished is done again. */
final class InstallLock {
    private InstallLock() {}

    /** What is done in an empty folder. */
    interface Installation {
        void run(Path folder) throws IOException, S3Source.Unavailable;
    }

    /** Returns the folder once {@code content} is what was installed there. */
    static Path once(Path folder, String content, Installation installation) throws IOException, S3Source.Unavailable {
        Path marker = folder.resolve("installed");
        Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid()) {
                throw new IOException("lost the lock on " + lock);
            }
            if (!Files.exists(marker) || !Files.readString(marker).equals(content)) {
                Folders.delete(folder);
                Files.createDirectories(folder);
                installation.run(folder);
                Files.writeString(marker, content);
            }
        }
        return folder;
    }
}
