package io.jwal.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the explorers wrote down, as a page. */
final class ProofReport {
    private static final String COUNT = "count.";
    private static final String MUTANT = "mutant.";
    private static final String VIOLATION = "violation.";

    private final Map<String, Properties> records;

    /** Of records by name. */
    ProofReport(Map<String, Properties> records) {
        this.records = records;
    }

    Set<String> explorers() {
        return records.keySet();
    }

    /** What was found that may not be. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        records.forEach((name, record) ->
                with(VIOLATION, record).values().forEach(violation -> violations.add(name + ": " + violation)));
        return violations;
    }

    /** Mutants that nothing noticed. */
    List<String> survivors() {
        List<String> survivors = new ArrayList<>();
        records.values()
                .forEach(record -> with(MUTANT, record).forEach((mutant, noticed) -> {
                    if (noticed.isEmpty()) {
                        survivors.add(mutant);
                    }
                }));
        return survivors;
    }

    private static Map<String, String> with(String prefix, Properties record) {
        Map<String, String> found = new TreeMap<>();
        record.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> found.put(key.substring(prefix.length()), record.getProperty(key)));
        return found;
    }

    String markdown() throws IOException {
        StringBuilder page = new StringBuilder();
        page.append("# The proof\n\n");
        page.append("What `mvn verify -Pproof -Dproof.minutes=")
                .append(System.getProperty("jwal.proof.minutes"))
                .append(
                        "` found; it wrote this page. [durability.md](durability.md) says what each explorer shows.\n\n");
        page.append("Commit ")
                .append(commit())
                .append(", ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(", ")
                .append(Machine.description())
                .append(".\n\n");
        totals(page);
        explorers(page);
        violations(page);
        mutants(page);
        return page.toString();
    }

    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12").start();
        String name = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        return name.isEmpty() ? "unknown" : "`" + name + "`";
    }

    private void totals(StringBuilder page) {
        Map<String, Long> totals = new TreeMap<>();
        records.values()
                .forEach(record ->
                        with(COUNT, record).forEach((what, many) -> totals.merge(what, Long.valueOf(many), Long::sum)));
        page.append("| in all | |\n| --- | ---: |\n");
        totals.forEach((what, many) -> row(page, what, number(many)));
        row(page, "violations", number(violations().size()));
        long mutants = records.values().stream()
                .mapToLong(record -> with(MUTANT, record).size())
                .sum();
        row(page, "mutants tried", number(mutants));
        row(page, "mutants that survived", number(survivors().size()));
    }

    private void explorers(StringBuilder page) {
        page.append(
                "\n## Explorers\n\n| explorer | seconds | seeds | found its way through |\n| --- | ---: | --- | --- |\n");
        records.forEach((name, record) -> {
            List<String> counts = new ArrayList<>();
            with(COUNT, record).forEach((what, many) -> counts.add(number(Long.parseLong(many)) + " " + what));
            int mutants = with(MUTANT, record).size();
            if (mutants > 0) {
                counts.add(mutants + " mutants");
            }
            row(page, name, record.getProperty("seconds"), record.getProperty("seeds", ""), String.join(", ", counts));
        });
    }

    private void violations(StringBuilder page) {
        page.append("\n## Violations\n\n");
        if (violations().isEmpty()) {
            page.append("None.\n");
        }
        violations().forEach(violation -> page.append("```\n").append(violation).append("\n```\n"));
    }

    private void mutants(StringBuilder page) {
        records.forEach((name, record) -> {
            Map<String, String> mutants = with(MUTANT, record);
            if (!mutants.isEmpty()) {
                page.append("\n## M").append(name.substring(1)).append("\n\n| mistake | noticed by |\n| --- | --- |\n");
                new TreeSet<>(mutants.keySet()).forEach(mutant -> {
                    String noticed = mutants.get(mutant);
                    row(page, mutant, noticed.isEmpty() ? "**nothing**" : "`" + noticed + "`");
                });
            }
        });
    }

    private static String number(long many) {
        return String.format(Locale.ROOT, "%,d", many);
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
