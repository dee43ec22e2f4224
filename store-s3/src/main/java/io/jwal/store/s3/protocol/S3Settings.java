package io.jwal.store.s3.protocol;

import io.jwal.store.StoreTraits;

/**
 * What the configuration says about the protocol.
 *
 * @param prefix what all keys begin with; empty, or with a {@code /} at its end
 * @param cacheBytes how much of what was read may be kept in memory
 * @param readAhead how many blocks are fetched ahead of one who reads forward
 * @param traits what the store says of itself
 */
public record S3Settings(String prefix, long cacheBytes, int readAhead, StoreTraits traits) {}
