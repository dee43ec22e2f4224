package io.jwal.s3.servers;

import io.jwal.s3.servers.http.HttpHeaders;
import io.jwal.s3.servers.http.HttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How faults are done. */
final class Faults {
    private Faults() {}

    /** What a fault does before the request has any effect: an answer instead of it, or null to go on. */
    static @Nullable HttpResponse before(S3Request request, Fault fault) throws IOException {
        switch (fault.kind()) {
            case DROP -> throw new IOException("planned: " + request + " is dropped");
            case ANSWER -> {
                return error(fault).response(request);
            }
            case DELAY -> sleep(fault);
            default -> {}
        }
        return null;
    }

    /** What a fault makes of the answer of a request that was carried out. */
    static HttpResponse after(S3Request request, Fault fault, HttpResponse response) throws IOException {
        switch (fault.kind()) {
            case DROP -> {
                response.close();
                throw new IOException("planned: the answer to " + request + " is dropped");
            }
            case ANSWER -> {
                response.close();
                return error(fault).response(request);
            }
            case CUT -> {
                return response.withBody(new ChangedBody(response.body(), fault.offset(), -1));
            }
            case FLIP -> {
                return response.withBody(new ChangedBody(response.body(), Long.MAX_VALUE, fault.offset()));
            }
            case WRONG_CHECKSUM -> {
                return withWrongChecksum(response);
            }
            default -> {
                return response;
            }
        }
    }

    private static S3Error error(Fault fault) {
        return new S3Error(fault.status(), fault.code(), "Planned by the test");
    }

    private static void sleep(Fault fault) throws InterruptedIOException {
        try {
            Thread.sleep(fault.delay().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted within a planned delay");
        }
    }

    private static HttpResponse withWrongChecksum(HttpResponse response) {
        HttpHeaders headers = new HttpHeaders(response.headers());
        List<String> names = new ArrayList<>();
        response.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-amz-checksum-") && !lower.equals("x-amz-checksum-type")) {
                names.add(name);
            }
        });
        for (String name : names) {
            String right = headers.first(name).orElse("");
            headers.set(name, (right.startsWith("A") ? "B" : "A") + right.substring(Math.min(1, right.length())));
        }
        if (names.isEmpty()) {
            headers.set("x-amz-checksum-crc32c", "AAAAAA==");
        }
        return new HttpResponse(response.status(), headers, response.length(), response.body());
    }

    /** A body that ends early, or that has one bit flipped. */
    private static final class ChangedBody extends FilterInputStream {
        private final long end;
        private final long flipped;
        private long position;

        ChangedBody(InputStream in, long end, long flipped) {
            super(in);
            this.end = end;
            this.flipped = flipped;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (position >= end) {
                return -1;
            }
            int read = super.read(target, offset, (int) Math.min(length, end - position));
            if (read > 0) {
                if (flipped >= position && flipped < position + read) {
                    target[offset + (int) (flipped - position)] ^= 1;
                }
                position += read;
            }
            return read;
        }
    }
}
