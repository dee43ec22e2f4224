package io.jwal.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * Stands before another disk, and fails calls, or leaves syncs out that the store asks for, to show that a test would
 * notice.
 */
final class ScriptedDisk implements Disk {
    private final Disk disk;
    private final SimulatedDisk.Script script;
    private final Set<SimulatedDisk.Call> omissions;

    private ScriptedDisk(Disk disk, SimulatedDisk.Script script, Set<SimulatedDisk.Call> omissions) {
        this.disk = disk;
        this.script = script;
        this.omissions = omissions;
    }

    static ScriptedDisk omitting(Disk disk, SimulatedDisk.Call... omissions) {
        return new ScriptedDisk(disk, (call, name) -> {}, Set.of(omissions));
    }

    static ScriptedDisk failing(Disk disk, SimulatedDisk.Script script) {
        return new ScriptedDisk(disk, script, Set.of());
    }

    /** False when the call is to be left out. */
    private boolean goesOn(SimulatedDisk.Call call, String name) throws IOException {
        script.before(call, name);
        return !omissions.contains(call);
    }

    @Override
    public Kind kind(String name) throws IOException {
        script.before(SimulatedDisk.Call.KIND, name);
        return disk.kind(name);
    }

    @Override
    public String describe(String name) {
        return disk.describe(name);
    }

    @Override
    public void createRoot() throws IOException {
        script.before(SimulatedDisk.Call.CREATE_ROOT, "");
        disk.createRoot();
    }

    @Override
    public void createDirectory(String name) throws IOException {
        script.before(SimulatedDisk.Call.CREATE_DIRECTORY, name);
        disk.createDirectory(name);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        script.before(SimulatedDisk.Call.LIST, directory);
        return disk.list(directory);
    }

    @Override
    public DiskFile create(String name) throws IOException {
        script.before(SimulatedDisk.Call.CREATE, name);
        return new ScriptedFile(name, disk.create(name));
    }

    @Override
    public DiskFile open(String name) throws IOException {
        script.before(SimulatedDisk.Call.OPEN, name);
        return new ScriptedFile(name, disk.open(name));
    }

    @Override
    public DiskFile openToRead(String name) throws IOException {
        script.before(SimulatedDisk.Call.OPEN_TO_READ, name);
        return new ScriptedFile(name, disk.openToRead(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        script.before(SimulatedDisk.Call.RENAME, from);
        disk.rename(from, to);
    }

    @Override
    public boolean delete(String name) throws IOException {
        script.before(SimulatedDisk.Call.DELETE, name);
        return disk.delete(name);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        if (goesOn(SimulatedDisk.Call.SYNC_DIRECTORY, directory)) {
            disk.syncDirectory(directory);
        }
    }

    @Override
    public void syncDirectorySoon(String directory) throws IOException {
        disk.syncDirectorySoon(directory);
    }

    @Override
    public DiskLock lock(String name) throws IOException {
        script.before(SimulatedDisk.Call.LOCK, name);
        return disk.lock(name);
    }

    @Override
    public byte[] bootId() {
        return disk.bootId();
    }

    @Override
    public long usableBytes() {
        return disk.usableBytes();
    }

    @Override
    public boolean isFull(IOException failure) {
        return disk.isFull(failure);
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private final class ScriptedFile implements DiskFile {
        private final String name;
        private final DiskFile file;

        ScriptedFile(String name, DiskFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public long length() throws IOException {
            script.before(SimulatedDisk.Call.LENGTH, name);
            return file.length();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            script.before(SimulatedDisk.Call.READ, name);
            return file.read(position, target, offset, length);
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            script.before(SimulatedDisk.Call.WRITE, name);
            file.write(position, source, offset, length);
        }

        @Override
        public void writeThrough(long position, byte[] source, int offset, int length) throws IOException {
            if (goesOn(SimulatedDisk.Call.WRITE_THROUGH, name)) {
                file.writeThrough(position, source, offset, length);
            } else {
                file.write(position, source, offset, length);
            }
        }

        @Override
        public void sync() throws IOException {
            if (goesOn(SimulatedDisk.Call.SYNC, name)) {
                file.sync();
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            script.before(SimulatedDisk.Call.TRUNCATE, name);
            file.truncate(length);
        }

        @Override
        public ByteBuffer map(long position, int length) throws IOException {
            script.before(SimulatedDisk.Call.MAP, name);
            return file.map(position, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
