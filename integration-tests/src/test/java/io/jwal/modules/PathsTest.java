package io.jwal.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.process.ChildJvm;
import io.jwal.s3.servers.FakeS3;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application finds its stores on the class path and on the module path. It is compiled and run here on the JDK of
 * the build, once in each way, with nothing but JWal and what JWal needs.
 */
class PathsTest {
    private static final List<String> NEEDED = List.of(
            "wal-api",
            "wal-core",
            "store-file",
            "store-inmemory",
            "store-tiered",
            "jackson-",
            "caffeine",
            "jspecify",
            "error_prone_annotations");

    private static final String MODULE = """
            module app {
                requires io.jwal.core;
                exports app;
            }
            """;

    private static final String MAIN = """
            package app;

            import static java.nio.charset.StandardCharsets.UTF_8;

            import io.jwal.Wal;
            import io.jwal.WalReader;
            import io.jwal.core.JWal;
            import io.jwal.core.WalConfig;
            import java.nio.file.Path;

            public class Main {
                public static void main(String[] arguments) {
                    Path config = Path.of(arguments[0]);
                    try (Wal wal = JWal.open(config)) {
                        System.out.println("file " + wal.append("hello".getBytes(UTF_8)));
                    }
                    try (WalReader reader = JWal.openReader(config)) {
                        System.out.println(new String(reader.read(1), UTF_8));
                    }
                    WalConfig memory = WalConfig.parse("{\\"store\\": {\\"type\\": \\"memory\\"}}");
                    try (Wal wal = JWal.open(memory)) {
                        System.out.println("memory " + wal.append("there".getBytes(UTF_8)));
                        System.out.println(new String(wal.read(1), UTF_8));
                    }
                    WalConfig tiered = WalConfig.parse("{\\"store\\": {\\"type\\": \\"tiered\\","
                            + "\\"hot\\": {\\"type\\": \\"memory\\", \\"name\\": \\"hot\\"},"
                            + "\\"archive\\": {\\"type\\": \\"memory\\", \\"name\\": \\"past\\"}}}");
                    try (Wal wal = JWal.open(tiered)) {
                        System.out.println("tiered " + wal.append("again".getBytes(UTF_8)));
                    }
                    System.out.println(Main.class.getModule() + ", " + JWal.class.getModule());
                }
            }
            """;

    private static final List<String> NEEDED_ON_S3 = List.of(
            "store-s3",
            "software" + File.separator + "amazon",
            "httpclient5",
            "httpcore5",
            "commons-codec",
            "reactive-streams",
            "slf4j-api");

    private static final String S3_MAIN = """
            package app;

            import static java.nio.charset.StandardCharsets.UTF_8;

            import io.jwal.Wal;
            import io.jwal.core.JWal;
            import java.nio.file.Path;

            public class Main {
                public static void main(String[] arguments) {
                    try (Wal wal = JWal.open(Path.of(arguments[0]))) {
                        System.out.println("s3 " + wal.append("hello".getBytes(UTF_8)));
                        System.out.println(new String(wal.read(1), UTF_8));
                    }
                }
            }
            """;

    /** Appends an entry to a log, and reads all that its archive has. */
    private static final String ARCHIVE_MAIN = """
            package app;

            import io.jwal.Wal;
            import io.jwal.WalException;
            import io.jwal.WalReader;
            import io.jwal.core.JWal;
            import java.nio.file.Path;

            public class Main {
                public static void main(String[] arguments) {
                    Path config = Path.of(arguments[0]);
                    try (Wal wal = JWal.open(config)) {
                        wal.append(new byte[5000]);
                    }
                    try (WalReader archive = JWal.openReader(config.resolveSibling("archive.json"))) {
                        for (long index = 1; index <= archive.lastIndex(); index++) {
                            try {
                                System.out.println(index + " has " + archive.read(index).length + " bytes");
                            } catch (WalException e) {
                                System.out.println(index + " " + e.getMessage());
                            }
                        }
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    private static List<Path> needed() {
        return onPath(NEEDED);
    }

    private static List<Path> onPath(List<String> names) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> names.stream().anyMatch(name -> entry.contains(File.separator + name)))
                .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
                .map(Path::of)
                .toList();
    }

    private static String path(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private Path config() throws IOException {
        return Files.writeString(
                directory.resolve("wal.json"),
                "{\"store\": {\"type\": \"file\", \"directory\": \"" + directory.resolve("data") + "\"}}");
    }

    @Test
    void anApplicationOnTheClassPath() throws Exception {
        Path classes = compile("-cp", false, MAIN);
        List<Path> all = new ArrayList<>(needed());
        all.add(classes);

        assertThat(run("-cp", path(all), "app.Main"))
                .startsWith("file 1", "hello", "memory 1", "there", "tiered 1")
                .last()
                .asString()
                .matches("unnamed module @\\w+, unnamed module @\\w+");
    }

    @Test
    void anApplicationOnTheModulePath() throws Exception {
        Path classes = compile("--module-path", true, MAIN);
        List<Path> all = new ArrayList<>(needed());
        all.add(classes);

        assertThat(run("--module-path", path(all), "--module", "app/app.Main"))
                .containsExactly("file 1", "hello", "memory 1", "there", "tiered 1", "module app, module io.jwal.core");
    }

    @Test
    void aLogOnS3OnBothPaths() throws Exception {
        List<Path> all = new ArrayList<>(needed());
        all.addAll(onPath(NEEDED_ON_S3));
        try (FakeS3 server = FakeS3.start()) {
            server.createBucket("logs");
            for (String prefix : List.of("classes", "modules")) {
                boolean modular = prefix.equals("modules");
                String option = modular ? "--module-path" : "-cp";
                Path classes = compile(option, modular, S3_MAIN);
                Files.writeString(directory.resolve("wal.json"), """
                        {"store": {"type": "s3", "bucket": "logs", "prefix": "%s", "endpoint": "%s", "region": "%s",
                                   "accessKey": "%s", "secretKey": "%s"}, "commit": {"maxDelay": "0ms"}}
                        """.formatted(
                                prefix, server.endpoint(), server.region(), server.accessKey(), server.secretKey()));
                List<Path> path = new ArrayList<>(all);
                path.add(classes);

                assertThat(start(
                                modular
                                        ? List.of(option, path(path), "--module", "app/app.Main")
                                        : List.of(option, path(path), "app.Main")))
                        .containsExactly("s3 1", "hello");
            }
        }
    }

    /** Without the library nothing is missed but what was written with it, and that is said. */
    @Test
    void anArchiveIsCompressedWithWhatIsThere() throws Exception {
        Files.writeString(directory.resolve("wal.json"), """
                {"store": {"type": "tiered", "hot": {"type": "file", "directory": "%1$s/hot"},
                           "archive": {"type": "file", "directory": "%1$s/past"}, "compression": "auto"},
                 "segment": {"size": "4KiB"}}
                """.formatted(directory));
        Files.writeString(directory.resolve("archive.json"), """
                {"store": {"type": "archive", "of": {"type": "file", "directory": "%s/past"}}}
                """.formatted(directory));
        List<Path> without = new ArrayList<>(needed());
        without.add(compile("-cp", false, ARCHIVE_MAIN));
        List<Path> with = new ArrayList<>(without);
        with.addAll(onPath(List.of("zstd-jni")));
        assertThat(with).hasSize(without.size() + 1);

        assertThat(start(List.of("-cp", path(without), "app.Main"))).containsExactly("1 has 5000 bytes");
        assertThat(start(List.of("-cp", path(with), "app.Main"))).contains("1 has 5000 bytes", "2 has 5000 bytes");
        assertThat(start(List.of("-cp", path(without), "app.Main")))
                .hasSize(3)
                .contains("1 has 5000 bytes", "3 has 5000 bytes")
                .anySatisfy(said -> assertThat(said)
                        .startsWith("2 ")
                        .contains("compressed with zstd")
                        .contains("add com.github.luben:zstd-jni"));

        compile("--module-path", true, ARCHIVE_MAIN);
        assertThat(start(List.of(
                        "--module-path",
                        path(with),
                        "--add-modules",
                        "com.github.luben.zstd_jni",
                        "--module",
                        "app/app.Main")))
                .containsExactly("1 has 5000 bytes", "2 has 5000 bytes", "3 has 5000 bytes", "4 has 5000 bytes");
        assertThat(start(List.of("--module-path", path(without), "--module", "app/app.Main")))
                .hasSize(5)
                .contains("3 has 5000 bytes", "5 has 5000 bytes")
                .filteredOn(said -> said.contains("add com.github.luben:zstd-jni"))
                .hasSize(2);
    }

    /** No line of it says which store there may be; {@code --add-modules} names one where nothing else does. */
    @Test
    void onlyTheModulesThatAreNamed() throws Exception {
        Path classes = compile("--module-path", true, MAIN);
        List<Path> all = new ArrayList<>(needed());
        all.add(classes);

        assertThat(run(
                        "--module-path",
                        path(all),
                        "--limit-modules",
                        "app,io.jwal.core,io.jwal.store.file,io.jwal.store.memory,io.jwal.store.tiered",
                        "--add-modules",
                        "io.jwal.store.file,io.jwal.store.memory,io.jwal.store.tiered",
                        "--module",
                        "app/app.Main"))
                .contains("hello", "there");
    }

    @Test
    void theEngineIsOutOfReachOnTheModulePath() throws IOException {
        StringWriter said = new StringWriter();
        String prying = MAIN.replace("import io.jwal.Wal;", "import io.jwal.Wal;\nimport io.jwal.core.log.Opening;");
        assertThat(compile("--module-path", true, prying, said)).isNotZero();
        assertThat(said.toString()).contains("package io.jwal.core.log is not visible");
    }

    @Test
    void everyModuleResolvesByItself() throws FindException {
        ModuleFinder finder = ModuleFinder.of(needed().toArray(Path[]::new));
        assertThat(ModuleLayer.boot()
                        .configuration()
                        .resolveAndBind(finder, ModuleFinder.of(), List.of("io.jwal.core"))
                        .modules())
                .extracting(module -> module.name())
                .contains(
                        "io.jwal",
                        "io.jwal.core",
                        "io.jwal.store.file",
                        "io.jwal.store.memory",
                        "io.jwal.store.tiered");
    }

    private Path compile(String option, boolean modular, String main) throws IOException {
        StringWriter said = new StringWriter();
        assertThat(compile(option, modular, main, said)).as("javac: %s", said).isZero();
        return directory.resolve("classes");
    }

    private int compile(String option, boolean modular, String main, StringWriter said) throws IOException {
        Path source = Files.createDirectories(directory.resolve("source").resolve("app"));
        List<String> arguments = new ArrayList<>(List.of(
                option, path(needed()), "-d", directory.resolve("classes").toString()));
        arguments.add(Files.writeString(source.resolve("Main.java"), main).toString());
        if (modular) {
            arguments.add(Files.writeString(source.resolveSibling("module-info.java"), MODULE)
                    .toString());
        }
        PrintWriter out = new PrintWriter(said, true);
        return ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        config();
        return start(List.of(arguments));
    }

    private List<String> start(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java(), "-XX:+UseSerialGC"));
        command.addAll(arguments);
        command.add(directory.resolve("wal.json").toString());
        try (ChildJvm application = ChildJvm.run(command)) {
            List<String> said = application.remainingLines();
            assertThat(application.exitCode()).as("exit code; said %s", said).isZero();
            return said;
        }
    }
}
