package io.jwal.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Real text: the Java sources that come with the JDK of the build, or with another one beside it. */
public final class JdkSources {
    private final Path zip;

    private JdkSources(Path zip) {
        this.zip = zip;
    }

    /** Those at hand; says aloud that the test is not run where there are none. */
    public static JdkSources orSkip() throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        try (Stream<Path> beside = Files.list(home.getParent())) {
            Optional<Path> found = Stream.concat(Stream.of(home), beside)
                    .map(jdk -> jdk.resolve("lib").resolve("src.zip"))
                    .filter(Files::isReadable)
                    .findFirst();
            if (found.isEmpty()) {
                NotTested.skip("real text", "no JDK here comes with lib/src.zip");
            }
            return new JdkSources(found.orElseThrow());
        }
    }

    /** The first lines, without their ends. */
    public List<byte[]> lines(int most) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        each(source -> {
            source.lines().limit(most - lines.size()).map(JdkSources::bytes).forEach(lines::add);
            return lines.size() < most;
        });
        return lines;
    }

    /** Writes whole files one after another, over and over if need be, until there are that many bytes; each ends its last line. */
    public void writeTo(Path file, long bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            long[] written = new long[1];
            while (written[0] < bytes) {
                each(source -> {
                    byte[] text = bytes(source.endsWith("\n") ? source : source + "\n");
                    out.write(text);
                    written[0] += text.length;
                    return written[0] < bytes;
                });
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Takes one file's text, and says whether it wants more. */
    @FunctionalInterface
    private interface Taker {
        boolean take(String source) throws IOException;
    }

    private void each(Taker taker) throws IOException {
        try (ZipFile sources = new ZipFile(zip.toFile())) {
            List<? extends ZipEntry> all = sources.stream()
                    .filter(entry -> entry.getName().endsWith(".java"))
                    .toList();
            for (ZipEntry entry : all) {
                try (InputStream in = sources.getInputStream(entry)) {
                    if (!taker.take(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))) {
                        return;
                    }
                }
            }
        }
    }
}
