package io.jwal.benchmarks.work;

import io.jwal.benchmarks.peer.Entries;
import io.jwal.benchmarks.peer.Peer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * W8: what a process weighs in which a large log is open, a thousand entries were read at random and a thousand appended.
 * MB (10^6 bytes): of the heap after a collection, and resident as the kernel counts it, pages of the log's own files apart
 * from the rest.
 */
final class Footprint implements Work {
    private static final int TOUCHED = 1000;
    private static final int SEED = 8;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final boolean resident;

    private Footprint(boolean resident) {
        this.resident = resident;
    }

    /** Compared by the heap. */
    static Footprint ofHeap() {
        return new Footprint(false);
    }

    /** Compared by what is resident. */
    static Footprint ofResidentSet() {
        return new Footprint(true);
    }

    @Override
    public void prepare(TrialSpec spec) throws Exception {
        Filling.fill(spec, spec.log(), spec.entries());
    }

    @Override
    public Measurement measure(TrialSpec spec) throws Exception {
        double before = status("VmRSS");
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] entry = Entries.template(spec.size());
        try (Peer log = spec.peer().open(spec.log(), spec.options(false))) {
            for (int i = 0; i < TOUCHED; i++) {
                log.read(random.nextLong(1, spec.entries() + 1L));
                log.append(entry);
            }
            log.flush();
            double heap = heap();
            double rss = status("VmRSS");
            return Measurement.of(
                    resident ? rss : heap,
                    Map.of("heap", heap, "rss", rss, "rssAnonymous", status("RssAnon"), "rssBefore", before));
        }
    }

    private static double heap() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    private static double status(String name) throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6;
            }
        }
        throw new IOException(STATUS + " has no " + name);
    }
}
