package io.jwal.crash;

import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.store.file.SimulatedDisk;
import io.jwal.store.file.SimulatedDisk.Call;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a script on a simulated disk, and at every moment at which the disk may be left differently cuts the power there,
 * in many ways: opens what is left, compares it with what was promised, and of some goes on with the script's next life,
 * up to the last.
 */
final class CrashExplorer {
    private static final Set<Call> SYNCS = EnumSet.of(Call.SYNC, Call.SYNC_DIRECTORY);
    private static final Set<Call> CHANGES = EnumSet.of(
            Call.CREATE_ROOT,
            Call.CREATE_DIRECTORY,
            Call.CREATE,
            Call.RENAME,
            Call.DELETE,
            Call.SYNC_DIRECTORY,
            Call.LOCK,
            Call.WRITE,
            Call.WRITE_THROUGH,
            Call.SYNC,
            Call.TRUNCATE);

    private final CrashCase script;
    private final Effort effort;
    private final Landings landings;
    private final Random random;
    private long states;
    private long steps;
    private volatile @Nullable Violation violation;

    /**
     * How much is looked at.
     *
     * @param atoms up to so many undecided things every disk that a power cut may leave
     * @param drawn how many of them where there are more
     * @param goneOn how many disks of each life are gone on from, of power cuts and of killed processes each
     */
    record Effort(int atoms, int drawn, int goneOn) {
        static final Effort SMALL = new Effort(3, 6, 1);
        static final Effort LARGE = new Effort(10, 60, 1);
    }

    /** Explores a script. */
    CrashExplorer(CrashCase script, Effort effort) {
        this.script = script;
        this.effort = effort;
        this.random = new Random(script.seed());
        this.landings = new Landings(1 << effort.atoms, effort.drawn, random);
    }

    /** How many disks were opened and compared. */
    long states() {
        return states;
    }

    /** How many steps were done on logs. */
    long steps() {
        return steps;
    }

    /** Explores all of it; throws the first {@link Violation}. */
    void run() {
        live(new Left(new SimulatedDisk(), Contents.EMPTY, new Promise(Contents.EMPTY).legal(0), script.toString()), 0);
    }

    /**
     * A disk to go on from.
     *
     * @param found what an opened log on it holds, and then for certain
     * @param legal what may be found until it was opened: after the end of a process alone nothing is more certain
     * @param trail how it came about
     */
    private record Left(SimulatedDisk disk, Contents found, Promise.Legal legal, String trail) {}

    private void live(Left left, int depth) {
        Lived lived = new Lived(left, left.trail + "\n  life " + (depth + 1) + ": opened");
        lived.run(script.lives().get(depth));
        Violation seen = violation;
        if (seen != null) {
            throw seen;
        }
        if (depth + 1 < script.lives().size()) {
            for (Left next : lived.cut.disks()) {
                live(next, depth + 1);
            }
            for (Left next : lived.killed.disks()) {
                live(next, depth + 1);
            }
        }
    }

    /** One life, and what its crashes left. */
    private final class Lived implements SimulatedDisk.Script {
        private final SimulatedDisk disk;
        private final Promise.Legal before;
        private final Promise promise;
        private final Turns turns = new Turns();
        private final Life life;
        private final StringBuilder trail;
        private final Sample cut = new Sample();
        private final Sample killed = new Sample();
        private @Nullable String created;
        private long calls;

        Lived(Left before, String trail) {
            this.disk = before.disk;
            this.before = before.legal;
            this.promise = new Promise(before.found);
            this.life = new Life(script, () -> disk.store(script.zeroed()), promise, turns, random);
            this.trail = new StringBuilder(trail);
            disk.script(this);
        }

        void run(List<Step> todo) {
            try {
                life.open();
                life.check();
                for (Step step : todo) {
                    trail.append(' ').append(step);
                    created = null;
                    steps++;
                    life.step(step);
                    cut("after it");
                    if (violation != null) {
                        return;
                    }
                }
                life.check();
            } catch (RuntimeException | AssertionError e) {
                if (violation == null) {
                    violation = new Violation(script, trail + " which failed", e);
                }
            } finally {
                disk.turnOff();
                life.end();
            }
            release(disk, trail.toString());
        }

        @Override
        public void before(Call call, String name) {
            turns.await();
            if (violation != null || !CHANGES.contains(call)) {
                return;
            }
            calls++;
            if (turns.isUser()) {
                if (call == Call.CREATE) {
                    created = name;
                } else if (call == Call.WRITE_THROUGH && created == null) {
                    life.letOthersGoFirst();
                }
            }
            String where = "at call " + calls + ", " + call + " " + name;
            if (SYNCS.contains(call)) {
                cut(where);
            } else {
                turns.look(() -> check(disk.kill(), null, legal(), where + ", killed"));
            }
        }

        @Override
        public void within(String name) {
            if (violation == null) {
                cut("within call " + calls + ", a write to " + name);
            }
        }

        private Promise.Legal legal() {
            return life.wasOpened() ? promise.legal(life.durableIndex()) : before;
        }

        private void cut(String where) {
            turns.look(() -> {
                check(disk.kill(), killed, legal(), where + ", killed");
                Promise.Legal legal = legal();
                landings.each(disk, (left, how) -> check(left, cut, legal, where + ", power cut, landed " + how));
            });
        }

        /** Opens and compares; puts the disk into a sample of those to go on from, where there is one. */
        private void check(SimulatedDisk left, @Nullable Sample sample, Promise.Legal legal, String how) {
            if (violation != null) {
                return;
            }
            states++;
            String whole = trail + " " + how;
            SimulatedDisk copy = sample != null && sample.takes() ? left.kill() : null;
            try {
                Contents contents = open(left);
                legal.check(contents);
                if (sample != null && copy != null) {
                    Promise.Legal until = sample == killed ? legal : new Promise(contents).legal(0);
                    sample.take(new Left(copy, contents, until, whole));
                }
            } catch (RuntimeException | AssertionError e) {
                violation = new Violation(script, whole, e);
            }
            release(left, whole);
        }
    }

    /** Some disks out of many, each with the same chance. */
    private final class Sample {
        private final List<Left> disks = new ArrayList<>();
        private int seen;

        boolean takes() {
            return random.nextInt(++seen) < effort.goneOn;
        }

        void take(Left left) {
            if (disks.size() < effort.goneOn) {
                disks.add(left);
            } else {
                disks.set(random.nextInt(effort.goneOn), left);
            }
        }

        List<Left> disks() {
            return disks;
        }
    }

    private Contents open(SimulatedDisk left) {
        Wal wal = JWal.open(script.config(left.store(script.zeroed())));
        try {
            Contents contents = Contents.of(wal);
            if (wal.durableIndex() != contents.log().last()) {
                throw new AssertionError("durable up to " + wal.durableIndex() + " of " + contents.log());
            }
            return contents;
        } finally {
            left.turnOff();
            try {
                wal.close();
            } catch (RuntimeException e) {
                // It could not write any more.
            }
        }
    }

    /** A log that has ended, however, holds nothing. */
    private void release(SimulatedDisk disk, String trail) {
        AssertionError misuse = disk.misuse();
        if (violation == null && misuse != null) {
            violation = new Violation(script, trail, misuse);
        }
        if (violation == null && (disk.openHandles() != 0 || disk.isLocked())) {
            violation = new Violation(
                    script,
                    trail,
                    new AssertionError(disk.openHandles() + " files are open"
                            + (disk.isLocked() ? ", and the lock is held" : "")));
        }
    }
}
