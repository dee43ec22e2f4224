package io.jwal.s3.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own. It watches its standard input, which this JVM holds open, and so ends with this JVM
 * however that ends.
 */
final class ServerProcess {
    private static final Duration START = Duration.ofSeconds(90);
    private static final int LOG_END = 2000;

    private final Process process;
    private final Path folder;

    private ServerProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /**
     * Starts it and waits until it answers at that address with anything but an error of its own. The folder is its to
     * use, and goes with it.
     */
    static ServerProcess start(ProcessBuilder builder, Path folder, URI ready)
            throws IOException, S3Source.Unavailable {
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        ServerProcess server = new ServerProcess(builder.start(), folder);
        Runtime.getRuntime().addShutdownHook(new Thread(server::end, "end-" + folder.getFileName()));
        long deadline = System.nanoTime() + START.toNanos();
        while (!server.answers(ready)) {
            boolean ended = server.awaitEnd(Duration.ofMillis(50));
            if (ended || System.nanoTime() > deadline) {
                String words = server.lastWords();
                server.end();
                throw new S3Source.Unavailable(
                        (ended ? "it ended at once" : "it did not answer within " + START) + "; it said: " + words);
            }
        }
        return server;
    }

    private boolean answers(URI ready) {
        try {
            HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status < 500;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("log"));
        String all = String.join(" | ", lines);
        return all.substring(Math.max(0, all.length() - LOG_END));
    }

    /** Ends it now. What it stored was for tests alone. */
    void end() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
