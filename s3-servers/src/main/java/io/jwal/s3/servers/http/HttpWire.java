package io.jwal.s3.servers.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How requests and answers lie on the wire (RFC 9112). */
public final class HttpWire {
    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_HEADERS = 200;
    private static final int COPY_BUFFER = 64 << 10;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HttpWire() {}

    /**
     * A time as headers have it.
     *
     * @param time the time
     * @return the text, to the second
     */
    public static String date(Instant time) {
        return DATE.format(time);
    }

    /** The first line and the headers of a request or an answer. */
    record Head(String first, HttpHeaders headers) {}

    /**
     * Reads a line, of a head or of a chunked body.
     *
     * @param in where from
     * @return the line without its end, or null where the stream ends
     * @throws IOException if it ends within a line, or the line is too long
     */
    public static @Nullable String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int read = in.read();
            if (read < 0) {
                if (line.size() == 0) {
                    return null;
                }
                throw new EOFException("the stream ends within a line");
            }
            if (read == '\n') {
                String text = line.toString(ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("a line of more than " + MAX_LINE + " bytes");
            }
            line.write(read);
        }
    }

    static @Nullable Head readHead(InputStream in) throws IOException {
        String first = readLine(in);
        if (first == null) {
            return null;
        }
        HttpHeaders headers = new HttpHeaders();
        readHeaders(in, headers);
        return new Head(first, headers);
    }

    /** Reads headers, or trailers, up to the empty line behind them. */
    static void readHeaders(InputStream in, HttpHeaders into) throws IOException {
        for (int count = 0; count <= MAX_HEADERS; count++) {
            String line = readLine(in);
            if (line == null) {
                throw new EOFException("the stream ends within headers");
            }
            if (line.isEmpty()) {
                return;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("no header: " + line);
            }
            into.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        throw new IOException("more than " + MAX_HEADERS + " headers");
    }

    static void writeHead(OutputStream out, String first, HttpHeaders headers) throws IOException {
        StringBuilder head = new StringBuilder(first).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    /** The body that those headers announce, without its transfer coding; {@code otherwise} if they announce none. */
    static InputStream body(InputStream in, HttpHeaders headers, long otherwise) throws IOException {
        if (headers.lists("Transfer-Encoding", "chunked")) {
            return new ChunkedBody(in);
        }
        long length = length(headers, otherwise);
        return length < 0 ? in : new FixedBody(in, length);
    }

    static long length(HttpHeaders headers, long otherwise) throws IOException {
        String length = headers.first("Content-Length").orElse("" + otherwise);
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            throw new IOException("no Content-Length: " + length, e);
        }
    }

    /** Copies that many bytes, or as many as come if it is negative; returns how many there were. */
    static long copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[COPY_BUFFER];
        long copied = 0;
        while (length < 0 || copied < length) {
            int wanted = length < 0 ? buffer.length : (int) Math.min(buffer.length, length - copied);
            int read = in.read(buffer, 0, wanted);
            if (read < 0) {
                break;
            }
            out.write(buffer, 0, read);
            copied += read;
        }
        return copied;
    }
}
