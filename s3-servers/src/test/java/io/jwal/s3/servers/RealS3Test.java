package io.jwal.s3.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealS3Test {
    @TempDir
    Path folder;

    @Test
    void theEnvironmentComesFirst() throws Exception {
        S3Server server = RealS3.first(List.of(
                new EnvironmentSource(Map.of(
                        "JWAL_S3_ENDPOINT", "http://127.0.0.1:9000",
                        "JWAL_S3_REGION", "eu-west-1",
                        "JWAL_S3_ACCESS_KEY", "key",
                        "AWS_SECRET_ACCESS_KEY", "secret")),
                new Missing("Docker")));

        assertThat(server.endpoint()).hasToString("http://127.0.0.1:9000");
        assertThat(server.region()).isEqualTo("eu-west-1");
        assertThat(server.accessKey()).isEqualTo("key");
        assertThat(server.secretKey()).isEqualTo("secret");
        assertThat(server.toString()).doesNotContain("secret");
    }

    @Test
    void anEndpointWithoutCredentialsIsAMistake() {
        EnvironmentSource source = new EnvironmentSource(Map.of("JWAL_S3_ENDPOINT", "http://127.0.0.1:9000"));

        assertThatThrownBy(() -> RealS3.first(List.of(source)))
                .hasMessageContaining("neither JWAL_S3_ACCESS_KEY nor AWS_ACCESS_KEY_ID");
    }

    @Test
    void withoutAnyEveryReasonIsSaid() {
        assertThatThrownBy(() -> RealS3.first(
                        List.of(new EnvironmentSource(Map.of()), new Missing("Docker"), new Missing("Python"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not from the environment: JWAL_S3_ENDPOINT is not set")
                .hasMessageContaining("not from Docker: none here; not from Python: none here")
                .hasMessageContaining("Set JWAL_S3_ENDPOINT");
    }

    @Test
    void whatIsSharedStaysOpen() {
        S3Server server = RealS3.server();
        server.close();

        assertThat(RealS3.server()).isSameAs(server);
    }

    @Test
    void bucketNamesAreNewAndValid() {
        S3Server server = RealS3.server();

        assertThat(server.newBucketName(getClass()))
                .matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
                .isNotEqualTo(server.newBucketName(getClass()));
    }

    @Test
    void whatIsInstalledOnceIsNotInstalledAgain() throws Exception {
        List<String> installed = new ArrayList<>();
        InstallLock.once(folder.resolve("x"), "1", to -> installed.add("first"));
        InstallLock.once(folder.resolve("x"), "1", to -> installed.add("again"));
        InstallLock.once(folder.resolve("x"), "2", to -> installed.add("other"));

        assertThat(installed).containsExactly("first", "other");
    }

    @Test
    void aHalfInstallationIsDoneAgain() throws Exception {
        assertThatThrownBy(() -> InstallLock.once(folder.resolve("x"), "1", to -> {
                    Files.writeString(to.resolve("half"), "x");
                    throw new IOException("the power went");
                }))
                .hasMessage("the power went");

        InstallLock.once(folder.resolve("x"), "1", to -> assertThat(to).isEmptyDirectory());

        assertThat(folder.resolve("x")).isDirectoryContaining("glob:**installed");
    }

    private record Missing(String name) implements S3Source {
        @Override
        public S3Server open(Consumer<String> progress) throws Unavailable {
            throw new Unavailable("none here");
        }
    }
}
