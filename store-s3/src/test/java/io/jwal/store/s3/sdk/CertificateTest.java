package io.jwal.store.s3.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jwal.store.StoreException;
import io.jwal.store.s3.objects.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path temp;

    /** A certificate that nobody has signed, made with the JDK's own tool: Java has no API for it. */
    private KeyManagerFactory selfSigned() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = temp.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        return managers;
    }

    @Test
    void aServerThatIsNotTrustedIsToldAtOnce() throws IOException, InterruptedException, GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(selfSigned().getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.start();
        String endpoint = "https://127.0.0.1:" + server.getAddress().getPort();
        try (SdkObjectStorage storage = Storages.at(endpoint)
                .timeouts(Duration.ofMinutes(2), Duration.ofMinutes(1))
                .open()) {
            assertThatThrownBy(() -> storage.get("key", new ByteRange(0, 1)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the certificate of " + endpoint + " is not trusted; add it or its issuer to"
                            + " the trust store of this JVM");
            assertThat(storage.counters()).containsEntry("requests.GetObject", 1L);
        } finally {
            server.stop(0);
        }
    }
}
