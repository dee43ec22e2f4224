package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * W7: opens a large log whose process ended without closing it, with half a segment open, and a log that has nothing but
 * such a half segment. How many times as long the large one takes: what is open has to be copied, the rest must not matter.
 * Every trial leaves its log that way for the next: it appends as much again, and is not closed when its process ends.
 */
final class CrashOpening implements Work {
    private static final int WARM_UPS = 3;
    private static final int OPENINGS = 3;
    private static final int OPEN_BYTES = 32 << 20;
    private static final String SEGMENTS = "segments";

    @Override
    public void prepare(TrialSpec spec) throws Exception {
        Filling.fill(spec, spec.log(), spec.entries());
        leaveOpen(spec, spec.log(), spec.entries() + 1L);
    }

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        double small = openSmallOnes(spec);
        long before = System.nanoTime();
        Peer log = spec.peer().open(spec.log(), spec.options(false));
        double millis = (System.nanoTime() - before) / 1e6;
        Filling.append(log, 1, OPEN_BYTES / spec.size(), spec.size());
        return Measurement.of(millis / small, Map.of("millis", millis, "millisOfSmallLog", small));
    }

    /** Copies of a log that is open are what crashes leave behind, if they name no segment younger than the copy. */
    private static double openSmallOnes(TrialSpec spec) throws Exception {
        Latencies openings = new Latencies();
        Peer open = leaveOpen(spec, spec.scratch(), 1);
        for (int i = 0; i < WARM_UPS + OPENINGS; i++) {
            Path crashed = spec.directory().resolve("crashed-" + i);
            copy(spec.scratch(), crashed, name -> !name.startsWith(SEGMENTS));
            copy(spec.scratch(), crashed, name -> name.startsWith(SEGMENTS));
            long before = System.nanoTime();
            Peer log = spec.peer().open(crashed, spec.options(false));
            if (i >= WARM_UPS) {
                openings.record(System.nanoTime() - before);
            }
            log.close();
        }
        open.close();
        return openings.percentile(50) / 1e6;
    }

    private static Peer leaveOpen(TrialSpec spec, Path directory, long first) throws Exception {
        Peer log = spec.peer().open(directory, spec.options(false));
        Filling.append(log, first, OPEN_BYTES / spec.size(), spec.size());
        return log;
    }

    private static void copy(Path from, Path to, Predicate<Path> which) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            List<Path> names = all.map(from::relativize).filter(which).toList();
            for (Path name : names) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }
}
