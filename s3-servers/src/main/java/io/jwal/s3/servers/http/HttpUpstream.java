package io.jwal.s3.servers.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The way of one client's requests to a server behind a proxy. A request goes on as it came, its Host too, which is signed;
 * only what concerns the connection is left out. Nothing is ever sent twice.
 */
public final class HttpUpstream implements AutoCloseable {
    private static final int BUFFER = 64 << 10;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 120_000;

    /** A server may end a connection that rests longer, and a request sent just then would be lost. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final URI server;
    private @Nullable Connection connection;

    /**
     * A way that is opened by the first request.
     *
     * @param server scheme, host and port
     */
    public HttpUpstream(URI server) {
        this.server = server;
    }

    /**
     * Sends a request on and waits for the head of its answer.
     *
     * @param request the request, whose body has a length
     * @return the answer, whose body comes as it is read
     * @throws IOException if the server cannot be reached or breaks off
     */
    public HttpResponse exchange(HttpRequest request) throws IOException {
        Connection open = connection();
        try {
            return open.exchange(request);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Connection connection() throws IOException {
        Connection open = connection;
        if (open == null || open.socket.isClosed() || System.nanoTime() - open.lastUsed > REST.toNanos()) {
            close();
            open = new Connection(server);
            connection = open;
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.socket.close();
            connection = null;
        }
    }

    private static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private long lastUsed = System.nanoTime();

        Connection(URI server) throws IOException {
            boolean secure = "https".equals(server.getScheme());
            int port = server.getPort() > 0 ? server.getPort() : secure ? 443 : 80;
            Socket plain = new Socket();
            plain.connect(new InetSocketAddress(server.getHost(), port), CONNECT_MILLIS);
            socket = secure
                    ? ((SSLSocketFactory) SSLSocketFactory.getDefault())
                            .createSocket(plain, server.getHost(), port, true)
                    : plain;
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        }

        HttpResponse exchange(HttpRequest request) throws IOException {
            HttpHeaders headers = new HttpHeaders(request.headers());
            headers.remove("Expect");
            headers.remove("Connection");
            HttpWire.writeHead(out, request.method() + " " + request.target() + " HTTP/1.1", headers);
            HttpWire.copy(request.body(), out, -1);
            out.flush();
            HttpWire.Head head = finalHead();
            lastUsed = System.nanoTime();
            return response(request.method(), head);
        }

        private HttpWire.Head finalHead() throws IOException {
            while (true) {
                HttpWire.Head head = HttpWire.readHead(in);
                if (head == null) {
                    throw new EOFException("the server ended the connection without an answer");
                }
                if (status(head) >= 200) {
                    return head;
                }
            }
        }

        private static int status(HttpWire.Head head) throws IOException {
            String[] line = head.first().split(" ");
            if (line.length < 2 || !line[1].matches("\\d{3}")) {
                throw new IOException("no answer: " + head.first());
            }
            return Integer.parseInt(line[1]);
        }

        private HttpResponse response(String method, HttpWire.Head head) throws IOException {
            int status = status(head);
            boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
            long length = HttpWire.length(head.headers(), bodiless ? 0 : -1);
            InputStream body = bodiless ? InputStream.nullInputStream() : HttpWire.body(in, head.headers(), -1);
            boolean ends = head.headers().lists("Connection", "close") || (body == in);
            HttpHeaders headers = new HttpHeaders(head.headers());
            headers.remove("Transfer-Encoding");
            headers.remove("Connection");
            return new HttpResponse(status, headers, length, new AnswerBody(body, ends));
        }

        /** A body that leaves the connection fit for the next request, or ends it. */
        private final class AnswerBody extends FilterInputStream {
            private final boolean ends;

            AnswerBody(InputStream in, boolean ends) {
                super(in);
                this.ends = ends;
            }

            @Override
            public void close() throws IOException {
                if (ends || read() >= 0) {
                    socket.close();
                }
                lastUsed = System.nanoTime();
            }
        }
    }
}
