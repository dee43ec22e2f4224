package io.jwal.benchmarks.report;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.result.Environment;
import io.jwal.benchmarks.result.Outcome;
import io.jwal.benchmarks.result.Results;
import io.jwal.benchmarks.work.Case;
import io.jwal.benchmarks.work.Cases;
import io.jwal.benchmarks.work.Goal;
import java.util.ArrayList;
import java.util.List;

/** The tables of a run. */
public final class Report {
    private final Results results;
    private final List<CaseTable> tables;

    /** Of that run. */
    public Report(Results results) {
        this.results = results;
        this.tables = tables(results.outcomes());
    }

    private static List<CaseTable> tables(List<Outcome> outcomes) {
        List<CaseTable> tables = new ArrayList<>();
        List<String> places = outcomes.stream()
                .map(outcome -> outcome.medium() + "\n" + outcome.jdk())
                .distinct()
                .toList();
        for (Case work : Cases.all()) {
            for (String place : places) {
                List<Outcome> here = outcomes.stream()
                        .filter(outcome -> outcome.caseId().equals(work.id()))
                        .filter(outcome -> place.equals(outcome.medium() + "\n" + outcome.jdk()))
                        .toList();
                if (!here.isEmpty()) {
                    tables.add(
                            CaseTable.of(work, here.get(0).medium(), here.get(0).jdk(), here));
                }
            }
        }
        return tables;
    }

    List<CaseTable> tables() {
        return tables;
    }

    Environment environment() {
        return results.environment();
    }

    /** For a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (CaseTable table : tables) {
            text.append("%s  %s  [%s, JDK %s]%n".formatted(title(table)));
            text.append(rows(table).text("  ")).append('\n');
        }
        text.append(goals().text("")).append('\n');
        environment().notes().forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    private static Object[] title(CaseTable table) {
        return new Object[] {table.work().id(), table.work().title(), table.medium(), table.jdk()};
    }

    /** A line for each peer. */
    static Columns rows(CaseTable table) {
        String unit = table.work().unit().text();
        Columns columns = new Columns("peer", "median " + unit, "spread", "to raw", "p50 µs", "p99 µs", "p99.9 µs");
        for (PeerRow row : table.rows()) {
            if (row.isMeasured()) {
                columns.add(
                        row.peer().title(),
                        Figures.of(row.median()),
                        Figures.percent(row.spread()),
                        Figures.times(table.ratio(row.peer(), PeerKind.RAW)),
                        latency(row, 50),
                        latency(row, 99),
                        latency(row, 99.9));
            } else {
                columns.add(row.peer().title(), "failed", "–", "–", "–", "–", "–");
            }
        }
        return columns;
    }

    private static String latency(PeerRow row, double percent) {
        return row.latencies().count() == 0
                ? "–"
                : Figures.micros(row.latencies().percentile(percent));
    }

    /** A line for each case: what JWal wanted and what it got. */
    Columns goals() {
        Columns columns =
                new Columns("work", "medium", "JDK", "reached", "at least", "aim", "verdict", "ahead of JWal");
        for (CaseTable table : tables) {
            if (table.rows().stream().anyMatch(row -> row.peer() == PeerKind.JWAL)) {
                Goal goal = table.work().goal();
                columns.add(
                        table.work().id() + " " + table.work().title(),
                        table.medium(),
                        table.jdk(),
                        goalFigure(table, table.reached()),
                        goalFigure(table, goal.atLeast()) + (goal.first() ? ", first of all" : ""),
                        goalFigure(table, goal.aim()),
                        table.verdict().text(),
                        ahead(table));
            }
        }
        return columns;
    }

    private static String goalFigure(CaseTable table, double figure) {
        PeerKind against = table.work().goal().against();
        return against == null
                ? Figures.of(figure, table.work().unit())
                : Figures.times(figure) + " " + against.title();
    }

    private static String ahead(CaseTable table) {
        List<String> ahead = table.ahead().stream().map(PeerKind::title).toList();
        return ahead.isEmpty() ? "–" : String.join(", ", ahead);
    }
}
