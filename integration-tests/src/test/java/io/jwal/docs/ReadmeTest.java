package io.jwal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the README do what it says: the configuration is read, the code compiled and run. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String AROUND = """
            import io.jwal.*;
            import io.jwal.core.*;
            import java.nio.ByteBuffer;
            import java.nio.file.Path;
            import java.time.*;
            import java.util.*;
            import static java.nio.charset.StandardCharsets.UTF_8;

            public class Snippet {
                static byte[] a = new byte[1], b = a, c = a, d = a, e = a;
                static long index;
                static void log(String text) {}
                static void use(long index, Instant time, ByteBuffer entry) {}
                static void bill(byte[] entry) {}

                public static void quickStart() throws Exception {
            %s
                }

                public static void tour(Wal wal) throws Exception {
                    index = 5;
            %s
                }
            }
            """;

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    @Test
    void theSnippetsRun(@TempDir Path directory) throws Exception {
        List<String> java = blocks("java");
        assertThat(java).hasSize(2);
        Path config = Files.writeString(
                directory.resolve("wal.json"),
                blocks("json")
                        .get(0)
                        .replace("./data", directory.resolve("data").toString()));
        String quickStart = java.get(0).replace("\"wal.json\"", "\"" + config + "\"");
        // The tour waits at the tail and cuts far away; here it is to end, and the log is short.
        String tour = java.get(1)
                .replace("ofSeconds(1)", "ofMillis(1)")
                .replace("1_000", "2")
                .replace("2_000", "4");

        Class<?> snippet = compile(directory, AROUND.formatted(quickStart, tour));
        snippet.getMethod("quickStart").invoke(null);
        try (WalReader reader = JWal.openReader(config)) {
            assertThat(reader.read(1)).asString().isEqualTo("hello");
        }
        try (Wal wal = JWal.open(config)) {
            wal.truncateAfter(0);
            snippet.getMethod("tour", Wal.class).invoke(null, wal);
            assertThat(wal.firstIndex()).isEqualTo(2);
            assertThat(wal.lastIndex()).isEqualTo(4);
            assertThat(wal.consumers()).containsEntry("billing", 2L);
        }
    }

    @Test
    void theConfigurationsAreRead() throws IOException {
        assertThat(blocks("json"))
                .isNotEmpty()
                .allSatisfy(
                        json -> assertThat(WalConfig.parse(json).storeType()).isEqualTo("file"));
    }

    @Test
    void everyFileThatItPointsToIsThere() throws IOException {
        Stream<String> links = Pattern.compile("\\]\\(([^)#:]+)\\)")
                .matcher(Files.readString(README))
                .results()
                .map(link -> link.group(1));
        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(README.resolveSibling(link)).exists());
    }

    private static Class<?> compile(Path directory, String source) throws Exception {
        Path file = Files.writeString(directory.resolve("Snippet.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int result = compiler.run(
                null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), file.toString());
        assertThat(result).as("compiles:\n" + source).isZero();
        return new URLClassLoader(
                        new URL[] {directory.toUri().toURL()},
                        Thread.currentThread().getContextClassLoader())
                .loadClass("Snippet");
    }
}
