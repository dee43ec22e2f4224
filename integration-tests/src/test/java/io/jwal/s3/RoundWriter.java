package io.jwal.s3;

import io.jwal.CorruptLogException;
import io.jwal.FencedException;
import io.jwal.OutcomeUnknownException;
import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.WalFailedException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.StoreCorruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One opening of a round's log, and its appends, on a thread of its own. */
final class RoundWriter implements AutoCloseable {
    private static final int MOST_ENTRIES = 30;

    private final String name;
    private final WalConfig config;
    private final RoundScript script;
    private final RoundLedger ledger;
    private final SplittableRandom random;
    private final ExecutorService thread;
    private int entries;
    private volatile @Nullable Wal wal;
    private volatile @Nullable WalException end;
    private volatile int acknowledged;
    private volatile boolean stopping;
    private volatile boolean idle;

    RoundWriter(String name, WalConfig config, RoundScript script, RoundLedger ledger) {
        this.name = name;
        this.config = config;
        this.script = script;
        this.ledger = ledger;
        this.random = new SplittableRandom(script.seed() * 31 + name.hashCode());
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "round-writer-" + name);
            made.setDaemon(true);
            return made;
        });
    }

    /** Opens the log and appends to it, until it fails, is told to stop, or has done its share. */
    RoundWriter start() {
        thread.execute(() -> {
            try {
                wal = JWal.open(config);
                while (!stopping && entries < MOST_ENTRIES) {
                    append();
                }
            } catch (WalException e) {
                end = e;
            } catch (RuntimeException | Error e) {
                ledger.violates(name + " met " + e);
            } finally {
                idle = true;
            }
        });
        return this;
    }

    boolean isOpen() {
        return wal != null;
    }

    /** Whether it does nothing any more. */
    boolean isIdle() {
        return idle;
    }

    /** Whether it has been told that so many entries are durable, or never will be. */
    boolean hasAppended(int count) {
        return acknowledged >= count || idle;
    }

    boolean isFenced() {
        return end instanceof FencedException;
    }

    /** Whether faults have ended it. */
    boolean hasFailed() {
        return end != null && !isFenced();
    }

    private void append() {
        Map<RoundLedger.Batch, CompletableFuture<Long>> underWay = new LinkedHashMap<>();
        for (int i = random.nextInt(script.inFlight()); i >= 0; i--) {
            RoundLedger.Batch batch = batch();
            ledger.tries(batch);
            underWay.put(batch, open().appendAllAsync(batch.entries()));
        }
        underWay.forEach((batch, promise) -> {
            try {
                ledger.acknowledges(batch, promise.join());
                acknowledged += batch.sizes().size();
            } catch (CompletionException e) {
                if (e.getCause() instanceof WalException failure) {
                    end = end == null ? failure : end;
                } else {
                    throw e;
                }
            }
        });
        WalException failure = end;
        if (failure != null) {
            throw failure;
        }
    }

    private RoundLedger.Batch batch() {
        List<Integer> sizes = new ArrayList<>();
        for (int i = random.nextInt(4) == 0 ? 3 : 1; i > 0; i--) {
            sizes.add(random.nextInt(script.largestEntry()));
        }
        RoundLedger.Batch batch = new RoundLedger.Batch(name, entries, sizes);
        entries += sizes.size();
        return batch;
    }

    private Wal open() {
        Wal now = wal;
        if (now == null) {
            throw new IllegalStateException(name + " is not open");
        }
        return now;
    }

    void stop() {
        stopping = true;
    }

    /** Closes an idle writer's log as an application would. */
    void closeLog() {
        try {
            open().close();
            wal = null;
        } catch (FencedException | WalFailedException e) {
            end = end == null ? e : end;
        }
    }

    /** Once another writer has the log: whatever this one has met, it says so if it is asked to append. */
    void mustBeFenced() {
        WalException before = end;
        if (before != null) {
            checkEnd(before);
        } else if (wal != null) {
            try {
                long index = open().append(new byte[1]);
                ledger.violates(name + " was replaced, and yet index " + index + " was acknowledged to it");
            } catch (FencedException | WalFailedException e) {
                end = e; // a fault may have ended it in the background before
                checkEnd(e);
                if (e instanceof OutcomeUnknownException && script.isPatient()) {
                    ledger.violates(name + " was replaced, but does not say so: " + e);
                }
            }
        }
    }

    /** Faults may end a writer, but never look like damage. */
    private void checkEnd(WalException failure) {
        if (failure instanceof FencedException) {
            return;
        }
        @Nullable Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof CorruptLogException || cause instanceof StoreCorruptException) {
                ledger.violates(name + " believes in damage: " + failure + " of " + cause);
                return;
            }
            cause = cause.getCause();
        }
    }

    @Override
    public void close() {
        stop();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                ledger.violates(name + " hangs");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (wal != null) {
            closeLog();
        }
    }

    @Override
    public String toString() {
        return name + " (" + acknowledged + " acknowledged, " + (end == null ? "no failure" : end) + ")";
    }
}
