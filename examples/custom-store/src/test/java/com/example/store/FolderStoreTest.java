package com.example.store;

import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.tck.StoreContractTest;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract of a store. {@link #open} is all that is needed; the other hooks let more tests run. */
class FolderStoreTest extends StoreContractTest {
    @TempDir
    Path directory;

    private final AtomicReference<Probe.Call> failing = new AtomicReference<>();

    @Override
    protected Store open() {
        return new FolderStore(folder(), call -> {
            if (failing.compareAndSet(call, null)) {
                throw new IOException("planned: " + call);
            }
        });
    }

    private Path folder() {
        return directory.resolve("log");
    }

    /** As hard as a power cut: what was not synced is gone. */
    @Override
    protected void crash() throws IOException {
        try (Store store = open()) {
            for (SegmentId id : store.listSegments()) {
                Path segment = FolderStore.segmentFile(folder(), id);
                try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
                    file.setLength(FolderSegmentWriter.HEADER + file.readLong());
                }
            }
        }
    }

    @Override
    protected void failNext(StoreOperation operation) {
        failing.set(
                switch (operation) {
                    case CLAIM -> Probe.Call.LOCK;
                    case CREATE -> Probe.Call.CREATE;
                    case OPEN -> Probe.Call.OPEN;
                    case READ -> Probe.Call.READ;
                    case APPEND -> Probe.Call.WRITE;
                    case SYNC, SEAL -> Probe.Call.SYNC;
                    case WRITE_REGISTER -> Probe.Call.RENAME;
                    default -> Assumptions.abort("no test needs " + operation + " to fail");
                });
    }

    @Override
    protected Object snapshot() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Override
    protected Callable<Boolean> plantForeignThing() throws IOException {
        Path foreign = Files.writeString(folder().resolve("notes.segment"), "not a segment of ours");
        return () -> Files.readString(foreign).equals("not a segment of ours");
    }

    @Override
    protected long openHandles() throws IOException {
        Path handles = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(handles), "handles are counted on Linux");
        long count = 0;
        try (Stream<Path> links = Files.list(handles)) {
            for (Path link : links.toList()) {
                try {
                    count += Files.readSymbolicLink(link).startsWith(directory) ? 1 : 0;
                } catch (IOException e) {
                    continue; // closed meanwhile
                }
            }
        }
        return count;
    }
}
