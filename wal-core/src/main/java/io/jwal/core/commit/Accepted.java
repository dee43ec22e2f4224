package io.jwal.core.commit;

/**
 * How much was accepted so far.
 *
 * @param entries how many entries
 * @param bytes bytes of their content
 */
public record Accepted(long entries, long bytes) {}
