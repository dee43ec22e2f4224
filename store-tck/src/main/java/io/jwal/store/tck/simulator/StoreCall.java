package io.jwal.store.tck.simulator;

/**
 * One call that reached the store.
 *
 * @param operation what was called
 * @param subject the segment's id or the register's name, or empty where there is none
 * @param bytes how many bytes were handed over or asked for, or 0
 */
public record StoreCall(StoreOperation operation, String subject, long bytes) {
    @Override
    public String toString() {
        return operation + (subject.isEmpty() ? "" : " " + subject) + (bytes == 0 ? "" : " " + bytes);
    }
}
