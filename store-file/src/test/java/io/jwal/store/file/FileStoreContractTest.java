package io.jwal.store.file;

import io.jwal.store.Store;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a directory of this machine. */
final class FileStoreContractTest extends StoreContractTest {
    @TempDir
    Path temp;

    private volatile SimulatedDisk.Script script = (call, name) -> {};

    private Path directory() {
        return temp.resolve("log");
    }

    @Override
    protected Store open() {
        return Stores.on(ScriptedDisk.failing(Stores.realDisk(directory()), (call, name) -> script.before(call, name)));
    }

    @Override
    protected void failNext(StoreOperation operation) {
        script = Faults.next(operation, () -> script = (call, name) -> {});
    }

    @Override
    protected Object snapshot() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(temp)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String content = Files.isDirectory(path)
                        ? "directory"
                        : java.util.Arrays.hashCode(Files.readAllBytes(path)) + " " + Files.getLastModifiedTime(path);
                contents.put(temp.relativize(path).toString(), content);
            }
        }
        return contents;
    }

    @Override
    protected Callable<Boolean> plantForeignThing() throws IOException {
        Path[] foreign = {
            directory().resolve("notes.txt"),
            directory().resolve("registers/manifest.bak"),
            directory().resolve("segments/0000000000000001-00000001.seg.bak"),
        };
        for (Path path : foreign) {
            Files.writeString(path, "mine");
        }
        return () -> {
            for (Path path : foreign) {
                if (!Files.readString(path).equals("mine")) {
                    return false;
                }
            }
            return true;
        };
    }

    @Override
    protected long openHandles() throws IOException {
        // Not those of the class path, and not this listing itself.
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            return handles.filter(handle -> {
                        try {
                            return Files.readSymbolicLink(handle).startsWith(temp.toRealPath());
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
