package io.jwal.store.s3.simulator;

/** What one client of the bucket runs on; its actors stop together. */
final class Machine {
    private final String name;
    private final int number;
    private final boolean disturbed;
    private boolean stopped;
    private boolean hit;
    private boolean opened;
    private long epoch;

    /**
     * A machine.
     *
     * @param number tells it from the others, from 1 up
     * @param disturbed whether its requests may fail
     */
    Machine(String name, int number, boolean disturbed) {
        this.name = name;
        this.number = number;
        this.disturbed = disturbed;
    }

    int number() {
        return number;
    }

    boolean isDisturbed() {
        return disturbed;
    }

    /** It never does anything again. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** A request of it has failed. */
    void hit() {
        hit = true;
    }

    boolean isHit() {
        return hit;
    }

    /** Its writer has opened the log. */
    void opened() {
        opened = true;
    }

    boolean hasOpened() {
        return opened;
    }

    /** Its writer goes for an epoch. */
    void epoch(long wanted) {
        epoch = wanted;
    }

    long epoch() {
        return epoch;
    }

    @Override
    public String toString() {
        return name;
    }
}
