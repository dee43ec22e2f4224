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
 * W8: what a process weighs that has a large log open and appended a thousand entries to it. MB (10^6 bytes): of the heap
 * after a collection, and resident as the kernel counts it. Then it reads a thousand entries at random: what is resident
 * after that is told beside it, for most of it are pages of the log's files that the kernel can take back at any time.
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
                log.append(entry);
            }
            log.flush();
            double rss = status("VmRSS");
            for (int i = 0; i < TOUCHED; i++) {
                log.read(random.nextLong(1, spec.entries() + 1L));
            }
            double heap = heap();
            return Measurement.of(
                    resident ? rss : heap,
                    Map.of(
                            "heap", heap,
                            "rss", rss,
                            "rssBeforeOpening", before,
                            "rssAfterReads", status("VmRSS"),
                            "rssAfterReadsAnonymous", status("RssAnon")));
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
