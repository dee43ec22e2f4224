package io.jwal.core.medium;

import io.jwal.store.tck.simulator.LogMedium;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

/** The media of one test, which end with it. A test class takes it as the parameter of its constructor. */
public final class LogMedia implements AutoCloseable {
    private final MediumSource source;
    private final Queue<LogMedium> made = new ConcurrentLinkedQueue<>();

    LogMedia(MediumSource source) {
        this.source = source;
    }

    /** An empty medium. It ends with the test, if the test does not end it before. */
    public LogMedium next() {
        LogMedium medium = source.next();
        made.add(medium);
        return medium;
    }

    /** Lets go of a medium that a test with many of them needs no more. */
    public void end(LogMedium medium) {
        made.remove(medium);
        medium.close();
    }

    /**
     * Which runs of a sweep are made here: all of them, or, where runs are dear, every so many and at least one.
     *
     * @param most the last run; the first is 1
     * @param sweep tells sweeps apart, so that not all of them leave out the same
     */
    public LongStream runs(long most, long sweep) {
        int step = source.sparing();
        long start = most == 0 ? 1 : 1 + Math.floorMod(sweep, Math.min(step, most));
        return LongStream.iterate(start, run -> run <= most, run -> run + step);
    }

    @Override
    public void close() {
        made.forEach(LogMedium::close);
    }
}
