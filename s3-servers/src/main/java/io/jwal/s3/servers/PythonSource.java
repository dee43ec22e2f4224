package io.jwal.s3.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** LocalStack from PyPI, in a virtual environment of its own. */
final class PythonSource implements S3Source {
    private static final String VERSION = "4.14.0";
    private static final Duration ASK = Duration.ofSeconds(30);
    private static final Duration INSTALL = Duration.ofMinutes(10);
    private static final List<String> PYTHONS = List.of("python3.13", "python3.12", "python3");
    private static final String VERSION_QUESTION = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])";

    @Override
    public String name() {
        return "Python";
    }

    @Override
    public S3Server open(Consumer<String> progress) throws Unavailable, IOException {
        String python = python();
        String requirements = resource("localstack-requirements.txt");
        Path home = InstallLock.once(
                BuildFolder.create().resolve("localstack-" + VERSION), python + "\n" + requirements, folder -> {
                    progress.accept("installing LocalStack " + VERSION + " with " + python + " into " + folder);
                    install(python, requirements, folder);
                });
        return start(home);
    }

    /** A Python that can run LocalStack: its sources need 3.12, and what it needs comes built for 3.12 and 3.13. */
    private static String python() throws IOException, Unavailable {
        List<String> candidates = new ArrayList<>(PYTHONS);
        Path pyenv = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        if (Files.isDirectory(pyenv)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(pyenv, "3.1[23]*")) {
                versions.forEach(
                        version -> candidates.add(version.resolve("bin/python3").toString()));
            }
        }
        List<String> found = new ArrayList<>();
        for (String candidate : candidates) {
            String version = version(candidate);
            if (version.equals("3.12") || version.equals("3.13")) {
                return candidate;
            }
            found.add(candidate + " is " + version);
        }
        throw new Unavailable(
                "LocalStack " + VERSION + " runs on Python 3.12 and 3.13 with venv, but " + String.join(", ", found));
    }

    private static String version(String python) {
        try {
            return Command.run(ASK, List.of(python, "-c", VERSION_QUESTION)).strip();
        } catch (IOException | Unavailable e) {
            return "none, or has no venv";
        }
    }

    private static void install(String python, String requirements, Path folder) throws IOException, Unavailable {
        Path list = Files.writeString(folder.resolve("requirements.txt"), requirements);
        Path venv = folder.resolve("venv");
        Command.run(INSTALL, List.of(python, "-m", "venv", venv.toString()));
        Command.run(
                INSTALL,
                List.of(
                        inVenv(folder),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--no-input",
                        "--disable-pip-version-check",
                        "--no-deps",
                        "--only-binary=:all:",
                        "-r",
                        list.toString()));
    }

    private static String inVenv(Path folder) {
        return folder.resolve("venv/bin/python").toString();
    }

    private static S3Server start(Path home) throws IOException, Unavailable {
        int port = ServerProcess.freePort();
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        Path scratch = Files.createTempDirectory(home, "run-");
        Path script = Files.writeString(scratch.resolve("run_localstack.py"), resource("run_localstack.py"));
        ProcessBuilder builder = new ProcessBuilder(inVenv(home), script.toString());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear(); // whatever else is set there for another LocalStack
        environment.putAll(
                Map.of("PATH", path, "HOME", scratch.toString(), "TMPDIR", scratch.toString(), "LANG", "C.UTF-8"));
        environment.putAll(Map.of(
                "SERVICES", "s3",
                "EAGER_SERVICE_LOADING", "1",
                "GATEWAY_LISTEN", "127.0.0.1:" + port,
                "DNS_ADDRESS", "0",
                "SKIP_SSL_CERT_DOWNLOAD", "1",
                "DISABLE_EVENTS", "1",
                "LS_LOG", "warning"));
        ServerProcess process = ServerProcess.start(builder, scratch, endpoint.resolve("/_localstack/health"));
        return new KnownServer(
                "LocalStack " + VERSION + " from PyPI at " + endpoint,
                endpoint,
                "us-east-1",
                "test",
                "test",
                process::end);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = PythonSource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this jar lacks " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
