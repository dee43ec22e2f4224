package io.jwal.s3.servers.http;

import java.io.InputStream;

/**
 * A request whose body is still to be read.
 *
 * @param method GET and so on
 * @param target path and query as they came, percent signs included
 * @param headers its headers
 * @param body its body without transfer coding; ends where the body ends
 */
public record HttpRequest(String method, String target, HttpHeaders headers, InputStream body) {
    /**
     * The path.
     *
     * @return what stands before the question mark, still encoded
     */
    public String rawPath() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /**
     * The query.
     *
     * @return what stands behind the question mark, still encoded; empty without one
     */
    public String rawQuery() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }
}
