package io.jwal.benchmarks.report;

import io.jwal.benchmarks.result.Outcome;
import io.jwal.benchmarks.result.Results;
import io.jwal.benchmarks.work.Case;
import io.jwal.benchmarks.work.Cases;
import io.jwal.benchmarks.work.Measurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a log costs as it grows: by entries, and by segments. */
public final class GrowthReport {
    private final Results results;

    /** Of that run. */
    public GrowthReport(Results results) {
        this.results = results;
    }

    /** For a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(entries().text("")).append('\n').append(segments().text("")).append('\n');
        results.outcomes().stream()
                .filter(outcome -> outcome.failure() != null)
                .forEach(outcome -> text.append(outcome.caseId() + " failed: " + outcome.failure() + "\n"));
        results.environment().notes().forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    Results results() {
        return results;
    }

    Columns entries() {
        Columns columns = new Columns("entries", "append, ns each", "open, ms", "heap after, MB");
        for (Point point : points("G1")) {
            columns.add(
                    "%,d".formatted(point.size()),
                    Figures.of(point.figure("appendNanos")),
                    Figures.of(point.figure("openMillis")),
                    Figures.of(point.figure("heap")));
        }
        return columns;
    }

    Columns segments() {
        Columns columns = new Columns(
                "segments",
                "append p50, µs",
                "append that rolls p50, µs",
                "longest append, µs",
                "manifest, bytes",
                "open, ms");
        for (Point point : points("G2")) {
            columns.add(
                    "%,d".formatted(point.size()),
                    Figures.of(point.figure("appendMicros")),
                    Figures.of(point.figure("rollMicros")),
                    Figures.of(point.figure("longestMicros")),
                    "%,.0f".formatted(point.figure("manifestBytes")),
                    Figures.of(point.figure("openMillis")));
        }
        return columns;
    }

    void draw(Plots plots) throws IOException {
        draw(plots, "G1", "cost by entries", "entries", Map.of("append, ns", "appendNanos", "open, ms", "openMillis"));
        draw(
                plots,
                "G2",
                "cost by segments",
                "segments",
                Map.of(
                        "append that rolls, µs",
                        "rollMicros",
                        "open, ms",
                        "openMillis",
                        "manifest, KiB",
                        "manifestKib"));
    }

    private void draw(Plots plots, String row, String title, String across, Map<String, String> figures)
            throws IOException {
        List<LineChart.Line> lines = new ArrayList<>();
        for (Map.Entry<String, String> figure :
                figures.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            List<double[]> points = points(row).stream()
                    .map(point -> new double[] {point.size(), Math.max(1e-3, point.figure(figure.getValue()))})
                    .toList();
            if (points.size() > 1) {
                lines.add(new LineChart.Line(figure.getKey(), points));
            }
        }
        if (!lines.isEmpty()) {
            plots.write(row, "growth-" + across + ".svg", title, new LineChart(title, across, "", lines).svg());
        }
    }

    private List<Point> points(String row) {
        return results.outcomes().stream()
                .filter(outcome -> outcome.caseId().startsWith(row))
                .map(GrowthReport::point)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Point point(Outcome outcome) {
        Measurement found = outcome.measurement();
        Case work = Cases.of(outcome.caseId());
        return found == null ? null : new Point(work.load().entries(), found.figures());
    }

    /** One size of log. */
    private record Point(int size, Map<String, Double> figures) {
        double figure(String name) {
            return figures.getOrDefault(name, Double.NaN);
        }
    }
}
