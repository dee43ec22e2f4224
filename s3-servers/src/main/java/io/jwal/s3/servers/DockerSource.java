package io.jwal.s3.servers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack's image, by Testcontainers, which also removes the container when this JVM has gone. */
final class DockerSource implements S3Source {
    private static final String IMAGE = "localstack/localstack:4.14.0";
    private static final int PORT = 4566;

    @Override
    public String name() {
        return "Docker";
    }

    @Override
    public S3Server open(Consumer<String> progress) throws Unavailable {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new Unavailable("no daemon answers");
        }
        progress.accept("starting " + IMAGE);
        LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE))
                .withServices("s3")
                .withEnv("EAGER_SERVICE_LOADING", "1")
                .withEnv("DISABLE_EVENTS", "1")
                .withEnv("SKIP_SSL_CERT_DOWNLOAD", "1")
                .withCreateContainerCmdModifier(DockerSource::bindToLoopback);
        try {
            container.start();
        } catch (ContainerLaunchException e) {
            container.close();
            throw new Unavailable(IMAGE + " does not start: " + e.getMessage());
        }
        return new KnownServer(
                IMAGE + " in Docker at " + container.getEndpoint(),
                container.getEndpoint(),
                container.getRegion(),
                container.getAccessKey(),
                container.getSecretKey(),
                container::close);
    }

    private static void bindToLoopback(CreateContainerCmd create) {
        HostConfig host = create.getHostConfig();
        if (host != null && "localhost".equals(DockerClientFactory.instance().dockerHostIpAddress())) {
            host.withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), new ExposedPort(PORT)));
        }
    }
}
