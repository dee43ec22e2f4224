package io.jwal.s3.servers.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An answer. Who has it closes it.
 *
 * @param status 200 and so on
 * @param headers all but those that frame the body
 * @param length how many bytes the body has or claims to have; less than nothing: as many as come. One that ends earlier
 *     ends the connection, and the client sees a body cut short
 * @param body the body; not sent in answer to HEAD
 */
public record HttpResponse(int status, HttpHeaders headers, long length, InputStream body) implements AutoCloseable {
    /**
     * An answer from memory.
     *
     * @param status 200 and so on
     * @param headers all but those that frame the body
     * @param body the body
     * @return the answer
     */
    public static HttpResponse of(int status, HttpHeaders headers, byte[] body) {
        return new HttpResponse(status, headers, body.length, new ByteArrayInputStream(body));
    }

    /**
     * The same answer with another body.
     *
     * @param other the body
     * @return the changed answer
     */
    public HttpResponse withBody(InputStream other) {
        return new HttpResponse(status, headers, length, other);
    }

    /** Closes the body. */
    @Override
    public void close() throws IOException {
        body.close();
    }
}
