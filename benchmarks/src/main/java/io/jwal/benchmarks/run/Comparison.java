package io.jwal.benchmarks.run;

import io.jwal.benchmarks.peer.PeerKind;
import io.jwal.benchmarks.result.Outcome;
import io.jwal.benchmarks.work.Case;
import io.jwal.benchmarks.work.Measurement;
import io.jwal.benchmarks.work.TrialSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs a plan: within a case the peers take turns, round after round, so that whatever else the machine does falls on all
 * of them. A peer that fails is told once, with its reason, and left out of the case's other rounds.
 */
final class Comparison {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Plan plan;
    private final TrialProcess process;
    private final PrintStream out;
    private final List<Outcome> outcomes = new ArrayList<>();

    Comparison(Plan plan, TrialProcess process, PrintStream out) {
        this.plan = plan;
        this.process = process;
        this.out = out;
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** All cases of the plan. */
    void run(Medium medium) throws IOException {
        for (Jdk jdk : plan.jdks()) {
            for (Case work : plan.cases()) {
                run(medium, jdk, work, plan.peers(work));
            }
        }
    }

    /** The cases whose cost is the disk's. */
    void runSyncing(Medium medium) throws IOException {
        for (Jdk jdk : plan.jdks()) {
            for (Case work : plan.onLoop()) {
                run(medium, jdk, work, plan.peersOnLoop(work));
            }
        }
    }

    private void run(Medium medium, Jdk jdk, Case work, List<PeerKind> peers) throws IOException {
        out.printf("%s  %s [%s, JDK %s]%n", work.id(), work.title(), medium.name(), jdk.version());
        long began = System.nanoTime();
        Set<PeerKind> failed = EnumSet.noneOf(PeerKind.class);
        for (int round = 1; round <= plan.rounds(); round++) {
            StringBuilder line = new StringBuilder("  " + round + " ");
            for (PeerKind peer : peers) {
                if (!failed.contains(peer)) {
                    Outcome outcome = trial(medium, jdk, work, peer, round);
                    outcomes.add(outcome);
                    line.append(said(outcome));
                    if (outcome.failure() != null) {
                        failed.add(peer);
                    }
                }
            }
            out.println(line);
        }
        out.printf("  in %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }

    private Outcome trial(Medium medium, Jdk jdk, Case work, PeerKind peer, int round) throws IOException {
        try {
            Measurement found = process.measure(jdk, spec(medium, jdk, work, peer), PATIENCE);
            return new Outcome(work.id(), peer, medium.name(), jdk.version(), round, found, null);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            return new Outcome(work.id(), peer, medium.name(), jdk.version(), round, null, reason);
        } finally {
            Directories.delete(medium.directory().resolve("trial"));
        }
    }

    private TrialSpec spec(Medium medium, Jdk jdk, Case work, PeerKind peer) throws IOException {
        Path directory = Directories.emptied(medium.directory().resolve("trial"));
        if (work.prepared().isEmpty()) {
            return spec(medium, work, peer, directory.resolve("log"), directory);
        }
        Path log = medium.directory().resolve("prepared").resolve(peer.id() + "-" + work.prepared());
        TrialSpec spec = spec(medium, work, peer, log, directory);
        if (!Files.exists(log)) {
            Files.createDirectories(log.resolveSibling("."));
            try {
                process.prepare(jdk, spec, PATIENCE);
            } catch (IOException e) {
                Directories.delete(log);
                throw new IOException("in its preparation: " + e.getMessage(), e);
            }
        }
        return spec;
    }

    private TrialSpec spec(Medium medium, Case work, PeerKind peer, Path log, Path directory) {
        return new TrialSpec(
                work.id(),
                peer,
                log,
                directory,
                plan.scale().warmUp().toMillis(),
                plan.scale().measured().toMillis(),
                plan.scale().entries(work.load().entries()),
                work.load().size(),
                work.load().threads(),
                medium.syncTime().toNanos());
    }

    private static String said(Outcome outcome) {
        Measurement found = outcome.measurement();
        return found == null
                ? "  %s FAILED (%s)".formatted(outcome.peer().id(), outcome.failure())
                : String.format(Locale.ROOT, "  %s %,.4g", outcome.peer().id(), found.value());
    }
}
