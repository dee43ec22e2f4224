package io.jwal.benchmarks.report;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.work.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws the plots of a run into a folder, and says what it drew. */
final class Plots {
    private static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.5, 99.9};
    private static final List<PeerKind> IN_LATENCIES =
            List.of(PeerKind.JWAL, PeerKind.RAW, PeerKind.ARTEMIS, PeerKind.ROCKSDB);

    private final Path folder;
    private final List<Plot> drawn = new ArrayList<>();

    Plots(Path folder) {
        this.folder = folder;
    }

    /**
     * A plot.
     *
     * @param caseId the case that it is of
     * @param file its name in the folder
     * @param title what it shows
     */
    record Plot(String caseId, String file, String title) {}

    List<Plot> drawn() {
        return drawn;
    }

    /** The plots of a case on the plain medium: what each peer reached, and how long its calls took. */
    void draw(CaseTable table) throws IOException {
        List<PeerRow> measured =
                table.rows().stream().filter(PeerRow::isMeasured).toList();
        if (measured.size() < 2) {
            return;
        }
        Unit unit = table.work().unit();
        List<BarChart.Bar> bars = measured.stream()
                .map(row -> new BarChart.Bar(
                        row.peer().title(), row.median(), Figures.of(row.median(), unit), row.peer() == PeerKind.JWAL))
                .toList();
        String better = unit.moreIsBetter() ? "longer is better" : "shorter is better";
        write(table, "", new BarChart(table.work().title() + " (" + better + ")", bars).svg());
        if (table.work().syncs()) {
            write(table, "-latency", latencies(table, measured));
        }
    }

    private static String latencies(CaseTable table, List<PeerRow> measured) {
        List<LineChart.Line> lines = measured.stream()
                .filter(row -> IN_LATENCIES.contains(row.peer()))
                .map(Plots::latencies)
                .toList();
        String across = "one call in so many is slower (100: p99, 1,000: p99.9)";
        return new LineChart("latency: " + table.work().title(), across, "µs", lines).svg();
    }

    private static LineChart.Line latencies(PeerRow row) {
        List<double[]> points = new ArrayList<>();
        for (double percent : PERCENTILES) {
            points.add(new double[] {
                100 / (100 - percent), Math.max(0.01, row.latencies().percentile(percent) / 1e3)
            });
        }
        return new LineChart.Line(row.peer().title(), points);
    }

    private void write(CaseTable table, String what, String svg) throws IOException {
        String file = table.fileName() + what + ".svg";
        write(table.work().id(), file, table.work().title(), svg);
    }

    /** Any other plot. */
    void write(String caseId, String file, String title, String svg) throws IOException {
        Files.writeString(Files.createDirectories(folder).resolve(file), svg);
        drawn.add(new Plot(caseId, file, title));
    }
}
