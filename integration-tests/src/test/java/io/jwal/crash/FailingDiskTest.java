package io.jwal.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.core.JWal;
import io.jwal.damage.Quiet;
import io.jwal.store.file.Landing;
import io.jwal.store.file.SimulatedDisk;
import io.jwal.store.file.SimulatedDisk.Call;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call of the disk fails, once or from then on, under the real engine: what the user gets is an error of the log,
 * no sync is tried again, no file stays open and no lock held, and what was promised is there when the log is opened
 * again, be it after closing it, after the end of the process or after a power cut.
 */
@ExtendWith(Quiet.class)
@Tag("proof")
class FailingDiskTest {
    private static final FailingCalls FAILING = new FailingCalls("failing calls of the disk", 5, 200);

    private static final List<CrashCase> SCRIPTS = List.of(
            CrashCase.parse("SYNC 1: a100 a20,700 s300,10,900 c500 a1900 a1900 a1500 b400 e800 a50 p7 o a1200 a1900"),
            CrashCase.parse("SYNC zeroed 2: a900 a1800 a1800 b1000 j5,30 a700 e0 a10,10 r a1900 a1900 a1900 r"),
            CrashCase.parse("INTERVAL 3: a100 f a900 f a1900 f a1900 a600 f y c900 a700 e700 f b600 o a90"));

    private enum Fault {
        BROKEN(SimulatedDisk::broken, false),
        BROKEN_FOR_GOOD(SimulatedDisk::broken, true),
        FULL(SimulatedDisk::full, false),
        FULL_FOR_GOOD(SimulatedDisk::full, true);

        private final Supplier<IOException> error;
        private final boolean forGood;

        Fault(Supplier<IOException> error, boolean forGood) {
            this.error = error;
            this.forGood = forGood;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPromisedIsThereWhicheverCallFails(Fault fault) {
        FAILING.each(fault, SCRIPTS, (script, nth) -> new Run(script, fault, nth));
    }

    /** The script until something fails, then the end. */
    private static final class Run implements FailingCalls.Run, SimulatedDisk.Script {
        private final CrashCase script;
        private final Fault fault;
        private final long nth;
        private final Random random;
        private final SimulatedDisk disk = new SimulatedDisk();
        private final Promise promise = new Promise(Contents.EMPTY);
        private final Turns turns = new Turns();
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong faults = new AtomicLong();
        private final Life life;

        Run(CrashCase script, Fault fault, long nth) {
            this.script = script;
            this.fault = fault;
            this.nth = nth;
            this.random = new Random(nth);
            this.life = new Life(script, () -> disk.store(script.zeroed()), promise, turns, random);
            disk.script(this);
            try {
                life.open();
                script.lives().get(0).forEach(life::step);
            } catch (WalException e) {
                assertThat(nth).as("a failure without a cause: " + e).isLessThan(Long.MAX_VALUE);
            }
        }

        @Override
        public long calls() {
            return calls.get();
        }

        @Override
        public long faults() {
            return faults.get();
        }

        @Override
        public void before(Call call, String name) throws IOException {
            turns.await();
            long now = calls.incrementAndGet();
            if (fault.forGood ? now >= nth : now == nth) {
                faults.incrementAndGet();
                throw fault.error.get();
            }
        }

        @Override
        public void judge() {
            Promise.Legal legal = promise.legal(life.durableIndex());
            SimulatedDisk killed = disk.kill();
            SimulatedDisk cut = disk.crash(Landing.seeded(random.nextInt(8)));
            life.end();
            assertThat(disk.misuse()).isNull();
            assertThat(disk.openHandles()).as("open files").isZero();
            assertThat(disk.isLocked()).as("locked").isFalse();
            reopen(disk.kill(), legal);
            reopen(killed, legal);
            reopen(cut, legal);
        }

        private void reopen(SimulatedDisk left, Promise.Legal legal) {
            try (Wal wal = JWal.open(script.config(left.store(script.zeroed())))) {
                Contents found = Contents.of(wal);
                legal.check(found);
                assertThat(wal.append(new byte[10])).isEqualTo(found.log().last() + 1);
            }
            assertThat(left.openHandles()).as("open files").isZero();
        }
    }
}
