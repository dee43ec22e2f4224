package io.jwal.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody who misspelt one probably meant. */
final class NearestName {
    /** Longer names are compared in their beginning only: the cost grows with the square. */
    private static final int LONGEST = 64;

    private NearestName() {}

    /**
     * The nearest of some names by edit distance (Damerau's, where swapping two neighbours is one edit), if it is near
     * enough to be meant: at most a third of the letters differ.
     */
    static Optional<String> in(Collection<String> names, String misspelt) {
        return names.stream()
                .filter(name -> distance(name, misspelt) <= tolerance(Math.min(name.length(), misspelt.length())))
                .min(Comparator.comparingInt(name -> distance(name, misspelt)));
    }

    private static int tolerance(int length) {
        return Math.max(1, Math.min(length, LONGEST) / 3);
    }

    private static int distance(String name, String misspelt) {
        String left = name.toLowerCase(Locale.ROOT);
        String right = misspelt.toLowerCase(Locale.ROOT);
        int rows = Math.min(left.length(), LONGEST);
        int columns = Math.min(right.length(), LONGEST);
        int[][] edits = new int[rows + 1][columns + 1];
        for (int row = 0; row <= rows; row++) {
            for (int column = 0; column <= columns; column++) {
                edits[row][column] =
                        Math.min(row, column) == 0 ? Math.max(row, column) : cheapest(edits, left, right, row, column);
            }
        }
        return edits[rows][columns];
    }

    private static int cheapest(int[][] edits, String left, String right, int row, int column) {
        boolean same = left.charAt(row - 1) == right.charAt(column - 1);
        int edit = Math.min(
                Math.min(edits[row - 1][column], edits[row][column - 1]) + 1,
                edits[row - 1][column - 1] + (same ? 0 : 1));
        boolean swapped = row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        return swapped ? Math.min(edit, edits[row - 2][column - 2] + 1) : edit;
    }
}
