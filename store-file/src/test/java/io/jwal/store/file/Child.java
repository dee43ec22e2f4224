package io.jwal.store.file;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreLockedException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another process that uses a log's directory. */
final class Child implements AutoCloseable {
    static final SegmentId SEGMENT = new SegmentId(1, 1);
    static final int ENTRY = 1000;

    private final Process process;
    private final BufferedReader output;

    private Child(Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a process that claims the log and holds it until it is killed or closed. */
    static Child holding(Path directory) throws IOException {
        return start("hold", directory);
    }

    /** Starts a process that tries to claim the log and says how that went. */
    static Child claiming(Path directory) throws IOException {
        return start("claim", directory);
    }

    /** Starts a process that appends and syncs, and says how many bytes are synced. */
    static Child appending(Path directory) throws IOException {
        return start("append", directory);
    }

    private static Child start(String what, Path directory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path").replace(',', File.pathSeparatorChar),
                Child.class.getName(),
                what,
                directory.toString());
        return new Child(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    long pid() {
        return process.pid();
    }

    /** The next line that it prints; null once it has ended. */
    @Nullable
    String line() throws IOException {
        return output.readLine();
    }

    /** Ends it the hard way. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }

    /** The other process. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        try (Store store = Stores.open(directory)) {
            store.claimWriter();
            System.out.println("claimed");
            switch (arguments[0]) {
                case "hold" -> System.in.read();
                case "append" -> append(store);
                default -> {}
            }
        } catch (StoreLockedException e) {
            System.out.println("locked: " + e.getMessage());
        }
    }

    private static void append(Store store) throws IOException {
        SegmentWriter writer = store.createSegment(SEGMENT, 64 << 10);
        while (true) {
            // Every other entry is left for the next sync, so that a kill finds unsynced bytes too.
            writer.append(Stores.pattern(writer.position(), ENTRY));
            writer.appendAndSync(Stores.pattern(writer.position(), ENTRY));
            System.out.println(writer.position());
            writer.append(Stores.pattern(writer.position(), ENTRY));
        }
    }
}
