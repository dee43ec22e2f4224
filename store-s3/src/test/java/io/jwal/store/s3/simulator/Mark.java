package io.jwal.store.s3.simulator;

/**
 * What makes an entry different from all others.
 *
 * @param machine who appended it
 * @param epoch in which epoch
 * @param number counts its entries
 */
record Mark(int machine, long epoch, int number) {
    @Override
    public String toString() {
        return "w" + machine + "e" + epoch + "#" + number;
    }
}
