package io.jwal.s3.servers.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Instant;

/** One client's connection: its requests, one after the other. */
final class HttpConnection implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Socket socket;
    private final HttpHandler handler;
    private final InputStream in;
    private final OutputStream out;

    HttpConnection(Socket socket, HttpHandler handler) throws IOException {
        this.socket = socket;
        this.handler = handler;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    void serve() throws IOException {
        boolean open = true;
        while (open) {
            HttpWire.Head head = HttpWire.readHead(in);
            if (head == null || socket.isClosed()) { // closed from outside, a read may still bring what was sent since
                return;
            }
            open = answer(head);
        }
    }

    private boolean answer(HttpWire.Head head) throws IOException {
        String[] line = head.first().split(" ", -1);
        if (line.length != 3) {
            throw new IOException("no request: " + head.first());
        }
        InvitedBody body = new InvitedBody(
                HttpWire.body(in, head.headers(), 0), head.headers().lists("Expect", "100-continue"));
        try (HttpResponse response = handler.handle(new HttpRequest(line[0], line[1], head.headers(), body))) {
            boolean stays = !body.isAwaited() && !head.headers().lists("Connection", "close");
            if (stays) {
                body.transferTo(OutputStream.nullOutputStream());
            }
            return write(line[0], response, stays) && stays;
        }
    }

    /** Returns whether the body was as long as it should have been. */
    private boolean write(String method, HttpResponse response, boolean stays) throws IOException {
        HttpHeaders headers = new HttpHeaders(response.headers());
        boolean bodiless = method.equals("HEAD") || response.status() == 204 || response.status() == 304;
        if (!bodiless || method.equals("HEAD")) {
            headers.set("Content-Length", "" + response.length());
        }
        if (response.length() < 0) {
            headers.remove("Content-Length");
        }
        if (headers.first("Date").isEmpty()) {
            headers.add("Date", HttpWire.date(Instant.now()));
        }
        if (!stays || response.length() < 0) {
            headers.set("Connection", "close");
        }
        HttpWire.writeHead(out, "HTTP/1.1 " + response.status() + " " + reason(response.status()), headers);
        long written = bodiless ? response.length() : HttpWire.copy(response.body(), out, response.length());
        out.flush();
        return written == response.length();
    }

    private static String reason(int status) {
        return status < 300 ? "OK" : status < 400 ? "Elsewhere" : "Error";
    }

    @Override
    public void close() throws IOException {
        try {
            socket.close();
        } finally {
            handler.close();
        }
    }

    /** A body that its client may only send once it has been asked to. */
    private final class InvitedBody extends FilterInputStream {
        private boolean awaited;

        InvitedBody(InputStream in, boolean awaited) {
            super(in);
            this.awaited = awaited;
        }

        boolean isAwaited() {
            return awaited;
        }

        @Override
        public int read() throws IOException {
            invite();
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            invite();
            return super.read(target, offset, length);
        }

        private void invite() throws IOException {
            if (awaited) {
                awaited = false;
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
                out.flush();
            }
        }
    }
}
