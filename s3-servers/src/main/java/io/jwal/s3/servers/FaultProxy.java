package io.jwal.s3.servers;

import io.jwal.s3.servers.http.HttpHandler;
import io.jwal.s3.servers.http.HttpListener;
import io.jwal.s3.servers.http.HttpRequest;
import io.jwal.s3.servers.http.HttpResponse;
import io.jwal.s3.servers.http.HttpUpstream;
import java.io.IOException;
import java.net.URI;

/**
 * A proxy that stands before any S3 and lets requests to it go wrong. Without faults it changes nothing that is signed, the
 * Host header included; a server that insists on its own name must be given that name by the client.
 */
public final class FaultProxy implements S3Server {
    private final S3Server server;
    private final FaultPlan faults = new FaultPlan();
    private final RequestLog requests = new RequestLog();
    private final HttpListener listener;

    private FaultProxy(S3Server server) throws IOException {
        this.server = server;
        listener = new HttpListener("fault-proxy", () -> new Forwarding(new HttpUpstream(server.endpoint())));
    }

    /**
     * Starts one.
     *
     * @param server what stands behind it; closing the proxy leaves it open
     * @return the proxy
     * @throws IOException if no port is free
     */
    public static FaultProxy before(S3Server server) throws IOException {
        return new FaultProxy(server);
    }

    /**
     * What goes wrong with requests.
     *
     * @return the plan, empty at first
     */
    public FaultPlan faults() {
        return faults;
    }

    /**
     * The requests that came to the proxy.
     *
     * @return counts and the last of them
     */
    public RequestLog requests() {
        return requests;
    }

    /** Ends all connections and takes no more. */
    public void down() {
        listener.down();
    }

    /** Listens again, at the same port. */
    public void up() {
        listener.up();
    }

    @Override
    public URI endpoint() {
        return listener.endpoint();
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
        return "a proxy before " + server.name();
    }

    @Override
    public void close() {
        faults.clear();
        listener.close();
    }

    /** The requests of one connection. */
    private final class Forwarding implements HttpHandler {
        private final HttpUpstream upstream;

        Forwarding(HttpUpstream upstream) {
            this.upstream = upstream;
        }

        @Override
        public HttpResponse handle(HttpRequest http) throws IOException {
            S3Request request = S3Request.of(http);
            requests.add(request);
            return faults.run(request, () -> forward(request, http));
        }

        private HttpResponse forward(S3Request request, HttpRequest http) throws IOException {
            if (http.headers().first("Transfer-Encoding").isPresent()) {
                return new S3Error(411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
                        .response(request);
            }
            return upstream.exchange(http);
        }

        @Override
        public void close() throws IOException {
            upstream.close();
        }
    }
}
