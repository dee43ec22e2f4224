package io.jwal.benchmarks.peer;

import java.io.IOException;
import java.util.List;

/**
 * A log under test. It was opened for one promise, durable or not, and keeps it in every call. Entries are numbered from 1
 * in the order of their appends. Appends may come from many threads, the rest from one.
 */
public interface Peer extends AutoCloseable {
    /** Appends one entry. */
    void append(byte[] entry) throws Exception;

    /** Appends entries as one batch: with one sync at most, and atomically where the peer can. */
    void appendAll(List<byte[]> entries) throws Exception;

    /** All that was appended is on the disk when this returns. */
    void flush() throws Exception;

    /** Reads every entry in order, by the peer's cheapest way that still sees every byte it would check. */
    Scan scan() throws Exception;

    /** Reads an entry, and returns what {@link Entries#stamp} finds in it. */
    long read(long index) throws Exception;

    /** Drops all entries before that index. */
    void dropBefore(long index) throws Exception;

    @Override
    void close() throws IOException;

    /**
     * What a scan has seen.
     *
     * @param entries how many entries
     * @param stamps the sum of their stamps, which tells that they were really read
     */
    record Scan(long entries, long stamps) {}
}
