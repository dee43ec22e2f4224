package io.jwal.cli.command;

import io.jwal.cli.shell.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lays text out in columns as wide as their widest cell. For short tables: it keeps them in memory. */
final class Columns {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    /** Adds a row. */
    Columns row(Object... cells) {
        String[] texts = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            texts[i] = String.valueOf(cells[i]);
        }
        rows.add(texts);
        return this;
    }

    /** Writes all rows. */
    void print(Output out) throws IOException {
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(i == 0 ? "" : GAP).append(row[i]);
                if (i < row.length - 1) {
                    line.append(" ".repeat(width(i) - row[i].length()));
                }
            }
            out.line(line.toString());
        }
    }

    private int width(int column) {
        int width = 0;
        for (String[] row : rows) {
            width = Math.max(width, column < row.length - 1 ? row[column].length() : 0);
        }
        return width;
    }
}
