package io.jwal.core.log;

import io.jwal.FencedException;
import io.jwal.core.commit.GroupCommit;
import io.jwal.core.commit.Health;
import io.jwal.core.commit.Tail;
import io.jwal.core.manifest.OwnedRegister;
import io.jwal.core.read.LogSource;
import io.jwal.core.read.LogView;
import io.jwal.core.read.SegmentCache;
import io.jwal.store.LogManifest;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** What the log is, to readers in the process that writes it. */
final class WriterSource implements LogSource {
    private final SegmentChain chain;
    private final GroupCommit commits;
    private final Tail tail;
    private final Health health;
    private final OwnedRegister<LogManifest> manifest;
    private final SegmentCache cache;
    private final boolean seesAccepted;

    WriterSource(
            SegmentChain chain,
            GroupCommit commits,
            Tail tail,
            Health health,
            OwnedRegister<LogManifest> manifest,
            SegmentCache cache,
            boolean seesAccepted) {
        this.chain = chain;
        this.commits = commits;
        this.tail = tail;
        this.health = health;
        this.manifest = manifest;
        this.cache = cache;
        this.seesAccepted = seesAccepted;
    }

    @Override
    public LogView view() {
        return chain.view();
    }

    @Override
    public long readableEnd(long wanted) {
        return seesAccepted && health.canWrite() ? tail.accepted() : tail.durable();
    }

    @Override
    public long durableEnd(long wanted) {
        return tail.durable();
    }

    @Override
    public void checkEnd() {
        // A writer does not open a log that is damaged at its end.
    }

    @Override
    public void flush(long index) {
        commits.flush(index);
    }

    @Override
    public boolean await(boolean durable, long index, BooleanSupplier cut, long nanos) throws InterruptedException {
        return tail.await(
                () -> durable ? durableEnd(index) : readableEnd(index),
                index,
                () -> health.isClosed() || cut.getAsBoolean(),
                nanos);
    }

    @Override
    public boolean changedSince(LogView seen) throws IOException {
        if (chain.view() != seen) {
            return true;
        }
        long mine = manifest.current().epoch();
        long newer = manifest.epochInStore();
        if (newer > mine) {
            FencedException fenced = new FencedException(mine, newer, null);
            health.fail(fenced);
            throw fenced;
        }
        return chain.view() != seen;
    }

    /** Once the log has failed, what was accepted and is not durable is not readable any more. */
    @Override
    public boolean stillSees(LogView seen) {
        return chain.view() == seen && health.isOpen();
    }

    @Override
    public SegmentCache segments() {
        return cache;
    }

    @Override
    public void checkOpen() {
        health.checkNotClosed();
    }
}
