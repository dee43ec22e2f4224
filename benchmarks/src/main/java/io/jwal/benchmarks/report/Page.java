package io.jwal.benchmarks.report;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.result.Environment;
import io.jwal.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page of the documentation, docs/benchmarks.md, with its plots in docs/benchmarks/. What a run cannot find out by
 * itself, such as what stands in the way of a goal and what was tried, is in docs/benchmarks/notes/, a file for a case;
 * the page repeats it.
 */
public final class Page {
    private static final String FOLDER = "benchmarks";
    private static final String NOTES = "notes";
    private static final String PLAIN = "plain";

    private final Report report;
    private final @Nullable GrowthReport growth;

    /** Of a run, and of a run of growth if there was one. */
    public Page(Results results, @Nullable Results growth) {
        this.report = new Report(results);
        this.growth = growth == null ? null : new GrowthReport(growth);
    }

    /** Writes the page and the plots. */
    public void write(Path docs) throws IOException {
        Plots plots = new Plots(docs.resolve(FOLDER));
        for (CaseTable table : report.tables()) {
            if (isDescribed(table)) {
                plots.draw(table);
            }
        }
        if (growth != null) {
            growth.draw(plots);
        }
        StringBuilder page = new StringBuilder();
        page.append(head()).append(report.goals().markdown()).append('\n');
        page.append(settings());
        for (CaseTable table : report.tables()) {
            page.append(section(table, plots.drawn()));
            if (isDescribed(table)) {
                page.append(note(docs, table));
            }
        }
        page.append(growth(plots.drawn()));
        Files.writeString(docs.resolve(FOLDER + ".md"), page);
    }

    /** Whether it is the one table of its case that has plots and a note: on the plain medium, with the first JDK. */
    private boolean isDescribed(CaseTable table) {
        return table.medium().equals(PLAIN)
                && table.jdk().equals(report.tables().get(0).jdk());
    }

    private static String note(Path docs, CaseTable table) throws IOException {
        Path file = docs.resolve(FOLDER).resolve(NOTES).resolve(table.fileName() + ".md");
        return Files.exists(file) ? Files.readString(file).strip() + "\n\n" : "";
    }

    private String head() {
        Environment run = report.environment();
        String media = run.media().stream()
                .map(each -> "- `%s`: %s; 128 B at the end of a growing file and a sync took %s µs (median)\n"
                        .formatted(each.name(), each.description(), Figures.of(each.syncMicros())))
                .collect(Collectors.joining());
        String notes = run.notes().stream().map(note -> "- " + note + "\n").collect(Collectors.joining());
        return """
                # Benchmarks

                Written by `%s --docs` on %s, from one run of %s minutes; do not edit. The figures behind it are in
                [benchmarks/results.json](benchmarks/results.json).

                Machine: %s.
                JDKs: %s. JVM flags, the same for every peer: `%s`.

                %s
                What counts are the ratios: peers take turns within a row, %d rounds, each in a process of its own, so that
                whatever else the machine does falls on all of them. A ratio is the median of the rounds' ratios.

                %s
                ## What was reached

                """.formatted(
                        run.command().replace(" --docs", "").strip(),
                        run.date(),
                        Figures.of(run.minutes()),
                        run.machine(),
                        report.tables().stream().map(CaseTable::jdk).distinct().collect(Collectors.joining(", ")),
                        String.join(" ", run.flags()),
                        media,
                        run.rounds(),
                        notes);
    }

    private String settings() {
        Columns columns = new Columns("peer", "settings");
        for (PeerKind peer : PeerKind.values()) {
            columns.add(peer.title(), peer.settings());
        }
        String versions = report.environment().versions().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        return """
                ## How each peer was set

                %s
                Versions: %s.

                The raw loop is the limit that a simple program comes to: one `FileChannel`, a header of length and CRC32C and
                the payload in one write, `force(false)` where the work is durable; for reading, one map and a CRC32C of each
                entry. It keeps no index, recovers nothing, and numbers nothing.

                ## What this does not say

                - W8 counts the resident set before anything is read; the pages of its own files that a read maps come on top.
                - One machine, one disk, a page cache that holds every log: reads are of warm pages.
                - Entries are of one size in a row, and random, so that nobody gains by compression.
                - LMDB, Chronicle Queue and tidwall/wal verify no checksum when they read; JWal, the raw loop, Kafka and RocksDB do.
                - Chronicle Queue's way is not to sync; its durable rows call `sync()` because the rows are about durability.
                - Not durable means something else for each: JWal and RocksDB gather appends in their own memory, the
                  raw loop, Kafka and tidwall/wal hand each to the kernel, Chronicle Queue and LMDB write into a map.
                - Latencies carry an error of at most 3 %%; those of W4 and W6 are of one call in eight.
                - A disk that acknowledges a sync without having done it would make every durable row too good.
                - `spread` is half the distance of the best round from the worst.

                """.formatted(columns.markdown(), versions);
    }

    private static String section(CaseTable table, List<Plots.Plot> plots) {
        StringBuilder section = new StringBuilder("## %s: %s%n%nOn `%s`, JDK %s.%n%n"
                .formatted(table.work().id(), table.work().title(), table.medium(), table.jdk()));
        section.append(Report.rows(table).markdown()).append('\n');
        table.row(PeerKind.JWAL)
                .filter(row -> !row.figures().isEmpty())
                .ifPresent(row -> section.append("JWal: ")
                        .append(row.figures().entrySet().stream()
                                .map(each -> each.getKey() + " " + Figures.of(each.getValue()))
                                .collect(Collectors.joining(", ")))
                        .append(".\n\n"));
        table.rows().stream()
                .filter(row -> row.failure() != null)
                .forEach(row ->
                        section.append("%s failed: %s%n%n".formatted(row.peer().title(), row.failure())));
        if (table.medium().equals(PLAIN)) {
            section.append(pictures(table.work().id(), plots));
        }
        return section.toString();
    }

    private static String pictures(String caseId, List<Plots.Plot> plots) {
        return plots.stream()
                .filter(plot -> plot.caseId().equals(caseId))
                .map(plot -> "![%s](%s/%s)%n%n".formatted(plot.title(), FOLDER, plot.file()))
                .collect(Collectors.joining());
    }

    private String growth(List<Plots.Plot> plots) {
        if (growth == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                """
                ## How cost grows

                `benchmarks/run --growth` on %s: one log of 32-byte entries that grows, not synced but at the end of each
                measurement; and one log of segments of 4 KiB, three durable entries each. An open is of a log that was closed in
                order, by a process that has opened others before. The figures are in
                [benchmarks/growth.json](benchmarks/growth.json).

                %s
                %s%s
                %s""",
                growth.results().environment().date(),
                growth.entries().markdown(),
                pictures("G1", plots),
                growth.segments().markdown(),
                pictures("G2", plots));
    }
}
