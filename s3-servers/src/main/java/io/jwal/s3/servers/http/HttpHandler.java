package io.jwal.s3.servers.http;

import java.io.IOException;

/** Answers the requests of one connection, one after the other. */
@FunctionalInterface
public interface HttpHandler extends AutoCloseable {
    /**
     * Answers a request.
     *
     * @param request the request
     * @return the answer
     * @throws IOException to end the connection without an answer
     */
    HttpResponse handle(HttpRequest request) throws IOException;

    /** Called once, when the connection has ended. Does nothing by default. */
    @Override
    default void close() throws IOException {}
}
