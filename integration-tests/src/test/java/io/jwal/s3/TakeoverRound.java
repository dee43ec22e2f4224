package io.jwal.s3;

import static org.awaitility.Awaitility.await;

import io.jwal.Cursor;
import io.jwal.Entry;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.FaultPlan;
import io.jwal.s3.servers.Gate;
import io.jwal.s3.servers.S3Server;
import io.jwal.store.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Writers that take one log over from each other while requests go wrong. The first is paused somewhere in its work, the
 * second while it opens the log, the third takes over and goes on until what they knew is cleaned up; then they wake.
 */
final class TakeoverRound {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A pause is not waited for any longer: what would come there may have failed before. */
    private static final Duration PAUSE_PATIENCE = Duration.ofSeconds(2);

    private static final int ENTRIES_BEFORE = 8;
    private static final int ENTRIES_AFTER = 16;

    private final RoundScript script;
    private final FaultPlan plan;
    private final String prefix;
    private final WalConfig config;
    private final WalConfig calm;
    private final RoundLedger ledger = new RoundLedger();
    private final List<RoundWriter> writers = new ArrayList<>();

    /**
     * What a round has seen, or several.
     *
     * @param acknowledged entries, each found where it should be
     * @param fenced writers that said so
     * @param failed writers that faults have ended
     * @param paused writers that were
     * @param injected faults that came about
     * @param violations what must not be
     */
    record Outcome(int acknowledged, int fenced, int failed, int paused, long injected, List<String> violations) {
        static final Outcome NOTHING = new Outcome(0, 0, 0, 0, 0, List.of());

        Outcome plus(Outcome other) {
            return new Outcome(
                    acknowledged + other.acknowledged,
                    fenced + other.fenced,
                    failed + other.failed,
                    paused + other.paused,
                    injected + other.injected,
                    List.of());
        }
    }

    TakeoverRound(RoundScript script, S3Server server, FaultPlan plan, String bucket) {
        this.script = script;
        this.plan = plan;
        this.prefix = "round-" + script.seed() + "/";
        var store = S3Logs.hasty(server, bucket, prefix, script.attempt().multipliedBy(3), script.attempt());
        this.config = S3Logs.config(store)
                .segmentSize(ByteSize.ofBytes(script.segmentBytes()))
                .maxEntry(ByteSize.ofKibibytes(4))
                .maxBatch(ByteSize.ofKibibytes(16))
                .build();
        this.calm = S3Logs.config(S3Logs.store(server, bucket, prefix)).build();
    }

    Outcome run() {
        int pauses = 0;
        try {
            RoundWriter first = writer("A");
            until(PATIENCE, () -> first.hasAppended(ENTRIES_BEFORE));
            script.faults().forEach(fault -> fault.in(plan, prefix, script.seed()));
            Gate work = script.zombie().in(plan, prefix);
            until(PAUSE_PATIENCE, () -> work.isReached() || first.isIdle());
            Gate opening = script.opener().in(plan, prefix);
            RoundWriter second = writer("B");
            until(PAUSE_PATIENCE, () -> opening.isReached() || second.isOpen() || second.isIdle());
            takeOver("C");
            if (script.fourth()) {
                takeOver("D");
            }
            pauses = (work.isReached() ? 1 : 0) + (opening.isReached() ? 1 : 0);
            (script.zombieFirst() ? work : opening).release();
            until(PAUSE_PATIENCE, () -> (script.zombieFirst() ? first : second).isIdle());
        } finally {
            plan.clear();
            writers.forEach(RoundWriter::stop);
        }
        writers.forEach(writer -> until(PATIENCE, writer::isIdle));
        check();
        long fenced = writers.stream().filter(RoundWriter::isFenced).count();
        long failed = writers.stream().filter(RoundWriter::hasFailed).count();
        return new Outcome(
                ledger.acknowledged(), (int) fenced, (int) failed, pauses, plan.injected(), ledger.violations());
    }

    private void takeOver(String name) {
        RoundWriter writer = writer(name);
        until(PATIENCE, () -> writer.hasAppended(ENTRIES_AFTER));
        if (script.thirdCloses() && name.equals("C") && writer.isOpen()) {
            writer.stop();
            until(PATIENCE, writer::isIdle);
            writer.closeLog();
        }
    }

    private RoundWriter writer(String name) {
        RoundWriter writer = new RoundWriter(name, config, script, ledger);
        writers.add(writer);
        return writer.start();
    }

    /** Nothing goes wrong any more: one more writer has the log, and all before it learn so. */
    private void check() {
        try (Wal wal = JWal.open(calm)) {
            writers.forEach(RoundWriter::mustBeFenced);
            List<Entry> log = read(wal);
            ledger.judge(log);
            try (WalReader elsewhere = JWal.openReader(calm)) {
                if (!read(elsewhere).equals(log)) {
                    ledger.violates("a reader elsewhere sees another log than the writer");
                }
            }
            writers.forEach(RoundWriter::close);
            if (!read(wal).equals(log)) {
                ledger.violates("the writers that were replaced have changed the log by closing");
            }
        } catch (io.jwal.WalException e) {
            ledger.violates("the log cannot be opened in the end: " + e);
        }
    }

    private static List<Entry> read(WalReader reader) {
        List<Entry> log = new ArrayList<>();
        long last = reader.lastIndex();
        try (Cursor cursor = reader.cursor(reader.firstIndex())) {
            while (log.size() < last && cursor.next()) {
                log.add(new Entry(cursor.index(), cursor.entryBytes()));
            }
        }
        return log;
    }

    private static void until(Duration patience, Callable<Boolean> holds) {
        try {
            await().pollInterval(Duration.ofMillis(2))
                    .pollDelay(Duration.ZERO)
                    .atMost(patience)
                    .until(holds);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            if (patience.equals(PATIENCE)) {
                throw e;
            }
        }
    }

    @Override
    public String toString() {
        return script + ": " + writers;
    }
}
