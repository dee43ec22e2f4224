package io.jwal.store.s3.protocol;

import io.jwal.store.StoreTraits;

/**
 * What the configuration says about the protocol.
 *
 * @param prefix what all keys begin with; empty, or with a {@code /} at its end
 * @param cacheBytes how much of what is read often may be kept in memory; beside it go as many blocks of 1 MiB that were
 *     read last, at most 64, and at least {@code readAhead} and 4 more
 * @param readAhead how many blocks are fetched ahead of one who reads forward
 * @param traits what the store says of itself
 */
public record S3Settings(String prefix, long cacheBytes, int readAhead, StoreTraits traits) {}
