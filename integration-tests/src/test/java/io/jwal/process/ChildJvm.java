package io.jwal.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that runs a main class of these tests, on the JDK of the build. Killed when closed. */
public final class ChildJvm implements AutoCloseable {
    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx128m");

    private final Process process;
    private final BufferedReader output;
    private final OutputStream input;

    private ChildJvm(Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        input = process.getOutputStream();
    }

    /** Starts a main class that is short-lived, on the class path of the tests. */
    public static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
        return start(List.of(), QUICK_START, main, arguments);
    }

    /** Starts a main class with flags for its JVM, such as the size of its heap. */
    public static ChildJvm start(List<String> flags, Class<?> main, Object... arguments) throws IOException {
        return start(List.of(), flags, main, arguments);
    }

    /** Starts a main class by way of another command, which takes the rest of the line as what it runs. */
    public static ChildJvm startBy(List<String> launcher, Class<?> main, Object... arguments) throws IOException {
        return start(launcher, QUICK_START, main, arguments);
    }

    private static ChildJvm start(List<String> launcher, List<String> flags, Class<?> main, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(java());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return run(command);
    }

    /** Runs any command; what it says on standard error shows among the output of the tests. */
    public static ChildJvm run(List<String> command) throws IOException {
        return new ChildJvm(
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The next line of its output; null when it has ended and all was read. */
    public String line() throws IOException {
        return output.readLine();
    }

    /** All lines of its output that were not read yet, once it has ended. */
    public List<String> remainingLines() {
        return output.lines().toList();
    }

    /** Writes a line to its standard input. */
    public void tell(String line) throws IOException {
        tell((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes to its standard input. */
    public void tell(byte[] bytes) throws IOException {
        input.write(bytes);
        input.flush();
    }

    /** As {@code kill -9} does: it is told nothing, and finishes nothing. What it had said can still be read. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("still running: " + process.info());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
