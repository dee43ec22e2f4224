package io.jwal.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A table: of text with columns that line up, or of Markdown. */
final class Columns {
    private final List<List<String>> lines = new ArrayList<>();

    Columns(String... heads) {
        lines.add(List.of(heads));
    }

    void add(String... cells) {
        lines.add(List.of(cells));
    }

    String text(String indent) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < lines.get(0).size(); column++) {
            int at = column;
            widths.add(
                    lines.stream().mapToInt(line -> line.get(at).length()).max().orElse(0));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder cells = new StringBuilder(indent);
            for (int column = 0; column < line.size(); column++) {
                String cell = line.get(column);
                String pad = " ".repeat(widths.get(column) - cell.length());
                cells.append(column == 0 ? cell + pad : pad + cell).append("  ");
            }
            text.append(cells.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    String markdown() {
        StringBuilder text = new StringBuilder(row(lines.get(0)));
        text.append("|").append(" --- |".repeat(lines.get(0).size())).append('\n');
        lines.stream().skip(1).forEach(line -> text.append(row(line)));
        return text.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
