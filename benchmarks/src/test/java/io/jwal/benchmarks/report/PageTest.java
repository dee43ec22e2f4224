package io.jwal.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.result.Environment;
import io.jwal.benchmarks.result.Outcome;
import io.jwal.benchmarks.result.Results;
import io.jwal.benchmarks.work.Latencies;
import io.jwal.benchmarks.work.Measurement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {
    @TempDir
    Path docs;

    @Test
    void namesOnlyPicturesThatItDrewAndEachIsWellFormed() throws Exception {
        new Page(results(), growth()).write(docs);
        String page = Files.readString(docs.resolve("benchmarks.md"));

        List<String> named = Pattern.compile("\\]\\((benchmarks/[^)]*\\.svg)\\)")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .map(link -> link.substring(2, link.length() - 1))
                .toList();
        List<String> drawn;
        try (Stream<Path> files = Files.list(docs.resolve("benchmarks"))) {
            drawn = files.map(file -> docs.relativize(file).toString()).toList();
        }
        assertThat(named).isNotEmpty().containsExactlyInAnyOrderElementsOf(drawn);
        for (String file : drawn) {
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(docs.resolve(file).toFile())
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("svg");
        }
    }

    @Test
    void showsGoalsFailuresAndNotes() throws Exception {
        new Page(results(), null).write(docs);
        assertThat(Files.readString(docs.resolve("benchmarks.md")))
                .contains("| W1/128B durable append, 1 thread, 128 B | plain | 17 | 1.50 × raw file |")
                .contains("LMDB failed: no such library")
                .contains("- no loop device");
    }

    @Test
    void repeatsTheNoteOfACaseOnceAndNoOther() throws Exception {
        Path notes = Files.createDirectories(docs.resolve("benchmarks/notes"));
        Files.writeString(notes.resolve("w1-128b.md"), "The disk is the limit.\n");
        Files.writeString(notes.resolve("w3-1000.md"), "Not of this run.\n");
        List<Outcome> outcomes = new ArrayList<>(results().outcomes());
        for (Outcome each : results().outcomes()) {
            outcomes.add(new Outcome(
                    each.caseId(), each.peer(), each.medium(), "25", each.round(), each.measurement(), each.failure()));
        }
        new Page(new Results(environment(), outcomes), null).write(docs);

        String[] sections = Files.readString(docs.resolve("benchmarks.md")).split("## W1/128B:");
        assertThat(sections).hasSize(3);
        assertThat(sections[1]).contains("JDK 17").endsWith("w1-128b-latency.svg)\n\nThe disk is the limit.\n\n");
        assertThat(sections[0] + sections[2]).doesNotContain("The disk is the limit");
        assertThat(String.join("", sections)).doesNotContain("Not of this run");
    }

    private static Results results() {
        List<Outcome> outcomes = new ArrayList<>();
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 1000; i++) {
            latencies.record(i * 1000L);
        }
        List<long[]> pairs = latencies.pairs();
        outcomes.add(outcome("W1/128B", PeerKind.RAW, new Measurement(1000, pairs, Map.of())));
        outcomes.add(outcome("W1/128B", PeerKind.JWAL, new Measurement(1500, pairs, Map.of())));
        outcomes.add(new Outcome("W1/128B", PeerKind.LMDB, "plain", "17", 1, null, "no such library"));
        return new Results(environment(), outcomes);
    }

    private static Results growth() {
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(grown("G1/1M", Map.of("appendNanos", 80.0, "openMillis", 3.0, "heap", 5.0)));
        outcomes.add(grown("G1/10M", Map.of("appendNanos", 81.0, "openMillis", 3.5, "heap", 5.0)));
        return new Results(environment(), outcomes);
    }

    private static Outcome grown(String caseId, Map<String, Double> figures) {
        return outcome(caseId, PeerKind.JWAL, Measurement.of(80, figures));
    }

    private static Outcome outcome(String caseId, PeerKind peer, Measurement found) {
        return new Outcome(caseId, peer, "plain", "17", 1, found, null);
    }

    private static Environment environment() {
        return new Environment(
                "benchmarks/run",
                "2026-01-01T00:00:00Z",
                1,
                "TINY",
                1,
                "a machine",
                List.of(new Environment.MediumNote("plain", "ext4", 200)),
                Map.of("lmdbjava", "1"),
                List.of("-Xmx2g"),
                List.of("no loop device"));
    }
}
