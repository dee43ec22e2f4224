package io.jwal.s3.servers;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A real S3 for tests, from the first of these places that has one:
 *
 * <ol>
 *   <li>the environment: {@code JWAL_S3_ENDPOINT}, with {@code JWAL_S3_REGION}, {@code JWAL_S3_ACCESS_KEY} and
 *       {@code JWAL_S3_SECRET_KEY}, or the AWS variables of the same meaning
 *   <li>Docker: LocalStack's image
 *   <li>Python: LocalStack installed from PyPI into a virtual environment, under {@code .localstack} of the checkout, or
 *       where the property {@code jwal.localstack.home} says
 *   <li>Maven: S3Proxy in a process of its own
 * </ol>
 *
 * <p>It is started once for each JVM and ends with it, and the console says where it came from and why not from an earlier
 * place. What was started listens on 127.0.0.1 alone.
 */
public final class RealS3 {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable S3Server shared;

    private RealS3() {}

    /**
     * The JVM's real S3, started on the first call.
     *
     * @return the server; closing it does nothing, for others use it too
     * @throws IllegalStateException if there is none to be had, with every reason
     */
    public static S3Server server() {
        LOCK.lock();
        try {
            if (shared == null) {
                shared = new Shared(first(List.of(
                        new EnvironmentSource(System.getenv()),
                        new DockerSource(),
                        new PythonSource(),
                        new S3ProxySource())));
            }
            return shared;
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * The S3 that the environment names, and no other.
     *
     * @return empty if it names none
     */
    public static Optional<S3Server> named() {
        try {
            return Optional.of(new EnvironmentSource(System.getenv()).open(RealS3::say));
        } catch (S3Source.Unavailable e) {
            return Optional.empty();
        }
    }

    /** Opens the first that can be had, and says which. */
    static S3Server first(List<S3Source> sources) {
        List<String> reasons = new ArrayList<>();
        for (S3Source source : sources) {
            try {
                S3Server server = source.open(RealS3::say);
                say("using " + server.name() + (reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")"));
                return server;
            } catch (S3Source.Unavailable | IOException e) {
                reasons.add("not from " + source.name() + ": " + e.getMessage());
            }
        }
        throw new IllegalStateException("no real S3 for the tests: " + String.join("; ", reasons)
                + ". Set JWAL_S3_ENDPOINT, start Docker, or install Python 3.12 or 3.13 with venv");
    }

    /** The console is where who runs the build looks, and no log is set up in tests. */
    @SuppressWarnings("SystemOut")
    private static void say(String what) {
        System.out.println("S3 for tests: " + what);
    }

    /** A server that its users cannot close; its process ends with this JVM. */
    private record Shared(S3Server server) implements S3Server {
        @Override
        public URI endpoint() {
            return server.endpoint();
        }

        @Override
        public String region() {
            return server.region();
        }

        @Override
        public String accessKey() {
            return server.accessKey();
        }

        @Override
        public String secretKey() {
            return server.secretKey();
        }

        @Override
        public String name() {
            return server.name();
        }

        @Override
        public void close() {}
    }
}
