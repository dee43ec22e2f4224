package io.jwal.benchmarks.run;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.report.GrowthReport;
import io.jwal.benchmarks.report.Page;
import io.jwal.benchmarks.report.Report;
import io.jwal.benchmarks.result.Environment;
import io.jwal.benchmarks.result.Outcome;
import io.jwal.benchmarks.result.Results;
import io.jwal.benchmarks.trial.Json;
import io.jwal.benchmarks.work.Case;
import io.jwal.benchmarks.work.Cases;
import io.jwal.benchmarks.work.Scale;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures, prints the table, and writes what it found. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        description = "Measure JWal and its peers in turns, each in a process of its own.")
public final class RunCommand implements Callable<Integer> {
    private static final String RESULTS_FILE = "results.json";
    /** Options of the command line that say nothing about what was measured. */
    private static final String PATHS = " --(json|dir)[ =]\\S+";

    private static final String GROWTH_FILE = "growth.json";

    private final PrintStream out = System.out;
    private final long began = System.nanoTime();
    private final List<String> notes = new ArrayList<>();

    @Option(names = "--quick", description = "Within ten minutes: no loop device, and large logs of JWal alone.")
    private boolean quick;

    @Option(names = "--tiny", description = "Only see whether everything runs; the figures mean nothing.")
    private boolean tiny;

    @Option(names = "--peers", split = ",", description = "Only these, besides JWal and the raw loop.")
    private List<String> peers = List.of();

    @Option(names = "--work", split = ",", description = "Only these rows or cases: W1, or W1/128B.")
    private List<String> work = List.of();

    @Option(names = "--jdk", split = ",", description = "Folders of JDKs; by default the one that runs this.")
    private List<Path> jdks = List.of();

    @Option(names = "--dir", description = "Where logs lie while they are measured. Default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of(System.getProperty("jwal.benchmarks.target", "target"), "work");

    @Option(names = "--no-loop", description = "No ext4 on a loop device (which takes Linux and root).")
    private boolean noLoop;

    @Option(names = "--json", description = "Where the results go. Default: results.json among the build's files.")
    private @Nullable Path json;

    @Option(names = "--from", description = "Measure nothing: print the table of such a file.")
    private @Nullable Path from;

    @Option(names = "--docs", description = "Also write docs/benchmarks.md and its plots.")
    private boolean docs;

    @Option(names = "--growth", description = "Measure how cost grows with the log instead.")
    private boolean growth;

    private static Path target() {
        return Path.of(System.getProperty("jwal.benchmarks.target", "target"));
    }

    private static Path root() {
        return Path.of(System.getProperty("jwal.benchmarks.root", "."));
    }

    @Override
    public Integer call() throws IOException {
        Results results = from == null ? measure() : Json.read(from, Results.class);
        out.println();
        out.print(growth ? new GrowthReport(results).text() : new Report(results).text());
        Path file = json == null ? target().resolve(fileName()) : json;
        if (from == null) {
            Json.writePretty(file, results);
            out.println("results: " + file);
        }
        if (docs) {
            writeDocs(results);
        }
        return results.outcomes().stream().anyMatch(RunCommand::isFailureOfJWal) ? 1 : 0;
    }

    /** A peer may be missing or fail on some machine; JWal may not. */
    private static boolean isFailureOfJWal(Outcome outcome) {
        return outcome.peer() == PeerKind.JWAL && outcome.failure() != null;
    }

    private String fileName() {
        return growth ? GROWTH_FILE : RESULTS_FILE;
    }

    /** The page is of a comparison and of a run of growth, whichever of them was made now. */
    private void writeDocs(Results results) throws IOException {
        Path folder = Files.createDirectories(root().resolve("docs/benchmarks"));
        Json.writePretty(folder.resolve(fileName()), results);
        Path comparison = folder.resolve(RESULTS_FILE);
        Path grown = folder.resolve(GROWTH_FILE);
        if (Files.exists(comparison)) {
            Results ofGrowth = Files.exists(grown) ? Json.read(grown, Results.class) : null;
            new Page(Json.read(comparison, Results.class), ofGrowth).write(root().resolve("docs"));
            out.println("written: docs/benchmarks.md");
        }
    }

    private Results measure() throws IOException {
        Plan plan = new Plan(cases(), chosenPeers(), chosenJdks(), scale(), rounds());
        Path scratch = Directories.emptied(directory.toAbsolutePath());
        TrialProcess process =
                new TrialProcess(target().resolve("dist/lib"), target().resolve("tidwall/tidwall"), scratch);
        Comparison comparison = new Comparison(plan, process, out);
        List<Environment.MediumNote> media = new ArrayList<>();
        if (Machine.load() > 0.5) {
            notes.add("The machine was busy: its load average was %.1f when the run began".formatted(Machine.load()));
        }

        Medium plain = Medium.probed("plain", scratch.resolve("plain"));
        media.add(note(plain, plain.description() + ", a plain directory"));
        comparison.run(plain);
        Directories.delete(plain.directory());
        if (!noLoop && scale().affordsLoopDevice() && !plan.onLoop().isEmpty()) {
            onLoopDevice(scratch, comparison, media);
        }
        Directories.delete(scratch);
        return new Results(environment(media), comparison.outcomes());
    }

    private void onLoopDevice(Path scratch, Comparison comparison, List<Environment.MediumNote> media) {
        try (LoopDevice device = LoopDevice.mount(scratch.resolve("loop"))) {
            Medium loop = Medium.probed("loop", device.directory());
            media.add(
                    note(loop, "ext4 with a journal (data=ordered) in a file on the same disk, through a loop device"));
            comparison.runSyncing(loop);
        } catch (IOException e) {
            notes.add("Nothing was measured on a loop device: " + e.getMessage());
        }
    }

    private static Environment.MediumNote note(Medium medium, String description) {
        return new Environment.MediumNote(
                medium.name(), description, medium.syncTime().toNanos() / 1e3);
    }

    private Environment environment(List<Environment.MediumNote> media) throws IOException {
        return new Environment(
                System.getProperty("jwal.benchmarks.command", "benchmarks/run").replaceAll(PATHS, ""),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) / 60.0,
                scale().name(),
                rounds(),
                Machine.description(),
                media,
                Machine.peers(target().resolve("dist/lib"), root().resolve("benchmarks/tidwall/go.mod")),
                TrialProcess.FLAGS,
                notes);
    }

    private Scale scale() {
        return tiny ? Scale.TINY : quick ? Scale.QUICK : Scale.FULL;
    }

    /** A log that grows does so once. */
    private int rounds() {
        return growth ? 1 : scale().rounds();
    }

    private List<Case> cases() {
        List<Case> all = growth ? Cases.growth() : Cases.all();
        if (work.isEmpty()) {
            return all;
        }
        List<Case> chosen = all.stream()
                .filter(each -> work.contains(each.id()) || work.contains(each.row()))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no row is called " + work + "; there are "
                    + all.stream().map(Case::id).toList());
        }
        return chosen;
    }

    private Set<PeerKind> chosenPeers() {
        Set<PeerKind> chosen = EnumSet.of(PeerKind.RAW, PeerKind.RAW_PREALLOCATED, PeerKind.SDK, PeerKind.JWAL);
        if (peers.isEmpty()) {
            return EnumSet.allOf(PeerKind.class);
        }
        peers.forEach(id -> chosen.add(PeerKind.of(id)));
        return chosen;
    }

    private List<Jdk> chosenJdks() {
        return jdks.isEmpty()
                ? List.of(Jdk.current())
                : jdks.stream().map(Jdk::in).toList();
    }
}
