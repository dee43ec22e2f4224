package io.jwal.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Leaves syncs out that the store asks for, to show that a test would notice. */
final class CarelessDisk implements Disk {
    /** What is left out. */
    enum Omission {
        DIRECTORY_SYNC,
        FILE_SYNC
    }

    private final Disk disk;
    private final Set<Omission> omissions;

    CarelessDisk(Disk disk, Set<Omission> omissions) {
        this.disk = disk;
        this.omissions = omissions;
    }

    @Override
    public Kind kind(String name) throws IOException {
        return disk.kind(name);
    }

    @Override
    public String describe(String name) {
        return disk.describe(name);
    }

    @Override
    public void createRoot() throws IOException {
        disk.createRoot();
    }

    @Override
    public void createDirectory(String name) throws IOException {
        disk.createDirectory(name);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public DiskFile create(String name) throws IOException {
        return new CarelessFile(disk.create(name));
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return new CarelessFile(disk.open(name));
    }

    @Override
    public DiskFile openToRead(String name) throws IOException {
        return disk.openToRead(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public boolean delete(String name) throws IOException {
        return disk.delete(name);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        if (!omissions.contains(Omission.DIRECTORY_SYNC)) {
            disk.syncDirectory(directory);
        }
    }

    @Override
    public void syncDirectorySoon(String directory) throws IOException {
        disk.syncDirectorySoon(directory);
    }

    @Override
    public DiskLock lock(String name) throws IOException {
        return disk.lock(name);
    }

    @Override
    public byte[] bootId() {
        return disk.bootId();
    }

    @Override
    public boolean isFull(IOException failure) {
        return disk.isFull(failure);
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private final class CarelessFile implements DiskFile {
        private final DiskFile file;

        CarelessFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            return file.read(position, target, offset, length);
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            file.write(position, source, offset, length);
        }

        @Override
        public void writeThrough(long position, byte[] source, int offset, int length) throws IOException {
            if (omissions.contains(Omission.FILE_SYNC)) {
                file.write(position, source, offset, length);
            } else {
                file.writeThrough(position, source, offset, length);
            }
        }

        @Override
        public void sync() throws IOException {
            if (!omissions.contains(Omission.FILE_SYNC)) {
                file.sync();
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            file.truncate(length);
        }

        @Override
        public ByteBuffer map(long position, int length) throws IOException {
            return file.map(position, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
