package io.jwal.store.tck.mutant;

/** Something to make mistakes in. */
final class Doubling {
    private Doubling() {}

    static int of(int number) {
        return number + number;
    }
}
