package io.jwal.store.s3.sdk;

import io.jwal.store.StoreException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Explains why there is no answer. */
final class ConnectionTrouble {
    private final SdkSettings settings;

    ConnectionTrouble(SdkSettings settings) {
        this.settings = settings;
    }

    /** Whether nobody was there to be asked. */
    static boolean isUnreachable(Throwable failure) {
        return Causes.has(failure, UnknownHostException.class)
                || Causes.has(failure, ConnectException.class)
                || Causes.has(failure, NoRouteToHostException.class);
    }

    IOException explain(Asked asked, RuntimeException failure) {
        return new StoreException(asked.failed() + reason(failure), failure);
    }

    private String reason(RuntimeException failure) {
        String server = settings.server();
        Optional<NoCredentialsException> none = Causes.find(failure, NoCredentialsException.class);
        if (none.isPresent()) {
            return "no credentials found; set the options \"accessKey\" and \"secretKey\", or \"profile\", or provide"
                    + " them where the AWS SDK looks by itself (environment, ~/.aws, the machine's role). It says: "
                    + none.get().getMessage();
        }
        if (Causes.has(failure, UnknownHostException.class)) {
            return "the host of " + server + " is unknown; correct the option "
                    + (settings.endpoint() == null ? "\"region\"" : "\"endpoint\"") + ", or look at the network's DNS";
        }
        if (Causes.has(failure, CertificateException.class) || Causes.has(failure, SSLPeerUnverifiedException.class)) {
            return "the certificate of " + server + " is not trusted; add it or its issuer to the trust store of this"
                    + " JVM, or correct the host's name";
        }
        if (Causes.has(failure, SSLException.class)) {
            return "no TLS with " + server + "; correct the option \"endpoint\" (http or https, and the port): "
                    + root(failure);
        }
        if (isUnreachable(failure)) {
            return "nothing answers at " + server + "; start it, or correct the option \"endpoint\": " + root(failure);
        }
        if (failure instanceof ApiCallTimeoutException || Causes.has(failure, ApiCallAttemptTimeoutException.class)) {
            return server + " did not answer in time; look at the network, or raise the options \"timeout\" and"
                    + " \"attemptTimeout\", now " + settings.timeout().toMillis() + " ms and "
                    + settings.attemptTimeout().toMillis() + " ms";
        }
        if (failure instanceof AbortedException) {
            return "the thread was interrupted while it waited for " + server + "; ask again";
        }
        return "the connection with " + server + " failed; look at the network and try again: " + root(failure);
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < Causes.DEEPEST; depth++) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
