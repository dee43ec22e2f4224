package io.jwal.s3.servers;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * S3Proxy, which keeps all in memory. Racing conditional writes may both win there, so it is the last place to look, and
 * what leans on them must not be judged by it.
 */
final class S3ProxySource implements S3Source {
    private static final String VERSION = "4.1.0";
    private static final String JAR = "s3proxy-" + VERSION + "-jar-with-dependencies.jar";
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
    private static final Duration DOWNLOAD = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "Maven";
    }

    @Override
    public S3Server open(Consumer<String> progress) throws Unavailable, IOException {
        Path home = InstallLock.once(BuildFolder.create().resolve("s3proxy-" + VERSION), VERSION, folder -> {
            progress.accept("fetching S3Proxy " + VERSION + " into " + folder);
            Command.run(
                    DOWNLOAD,
                    List.of(
                            "mvn",
                            "-B",
                            "-q",
                            COPY,
                            "-Dartifact=org.gaul:s3proxy:" + VERSION + ":jar:jar-with-dependencies",
                            "-DoutputDirectory=" + folder));
        });
        URI endpoint = URI.create("http://127.0.0.1:" + ServerProcess.freePort());
        Path scratch = Files.createTempDirectory(home, "run-");
        Path settings = Files.writeString(scratch.resolve("s3proxy.properties"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=test
                s3proxy.credential=test
                jclouds.provider=transient
                jclouds.identity=none
                jclouds.credential=none
                """.formatted(endpoint));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                home.resolve(JAR) + File.pathSeparator + ownClasses(),
                EndsWithParent.class.getName(),
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString());
        ServerProcess process = ServerProcess.start(builder, scratch, endpoint);
        return new KnownServer(
                "S3Proxy " + VERSION + " at " + endpoint, endpoint, "us-east-1", "test", "test", process::end);
    }

    private static Path ownClasses() throws IOException {
        try {
            return Path.of(S3ProxySource.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("these classes lie at no path", e);
        }
    }
}
