package io.jwal.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.FencedException;
import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.core.JWal;
import io.jwal.damage.Quiet;
import io.jwal.store.Store;
import io.jwal.store.StoreTraits;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.PartHeader;
import io.jwal.store.s3.objects.RequestThreads;
import io.jwal.store.s3.protocol.S3Settings;
import io.jwal.store.s3.protocol.S3Store;
import io.jwal.store.s3.simulator.Bucket;
import io.jwal.store.s3.simulator.BucketStorage;
import io.jwal.store.tck.TestContext;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call of the object storage fails, once or from then on, before it has changed anything or after it, under the
 * real engine and the real protocol: what the user gets is an error of the log, no store, claim, reader, writer or thread
 * is left, and what was promised is there when the log is opened again, be it after closing it or after the end of the
 * process. The log then goes on, and has tidied up.
 */
@ExtendWith(Quiet.class)
@Tag("proof")
class FailingObjectStorageTest {
    private static final FailingCalls FAILING = new FailingCalls("failing calls of the object storage", 17, 30);

    private static final List<CrashCase> SCENARIOS = Stream.of(
                    "SYNC 1: a100 a0 a700 f", // one by one
                    "SYNC 2: a100,20,0 s300,10,900 a5 s90,90", // batches, and several parts under way
                    "SYNC 3: a1900 a1900 a1500 a1900 f o a10", // rolls, seals in pieces, joins
                    "SYNC 4: a1900 a1900 a1500 b600 a10 b1000 a20",
                    "SYNC 5: a900 a1900 a1900 c1000 e600 a40 e0 a30",
                    "SYNC 6: a900 a1900 a1900 t a100 t", // takeovers, and recovery
                    "SYNC 7: p1 a100 a200 c500 a900 c1000 p2 o f", // a consumer and a property
                    "SYNC 8: a1900 a1900 a1900 a1900 r a1900 a1900 r", // retention
                    "SYNC 9: j5,30 a10 b1000 j7,90 a10", // jumps
                    "INTERVAL 10: a100 f a1900 a1900 a600 y a700 e700 b600 o a90")
            .map(CrashCase::parse)
            .toList();

    private enum Effect {
        REQUEST_LOST,
        ANSWER_LOST,
        /** It is done, the answer lost, and it is done again before anybody is answered, as an SDK does. */
        TRIED_AGAIN
    }

    private enum Fault {
        REQUEST_LOST(Effect.REQUEST_LOST, false),
        REQUEST_LOST_FOR_GOOD(Effect.REQUEST_LOST, true),
        ANSWER_LOST(Effect.ANSWER_LOST, false),
        ANSWER_LOST_FOR_GOOD(Effect.ANSWER_LOST, true),
        TRIED_AGAIN(Effect.TRIED_AGAIN, false),
        TRIED_AGAIN_FOR_GOOD(Effect.TRIED_AGAIN, true);

        private final Effect effect;
        private final boolean forGood;

        Fault(Effect effect, boolean forGood) {
            this.effect = effect;
            this.forGood = forGood;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPromisedIsThereWhicheverCallFails(Fault fault) {
        FAILING.each(fault, SCENARIOS, (script, nth) -> new Run(script, fault, nth));
    }

    /** The script until something fails, then the end. */
    private static final class Run implements FailingCalls.Run, BucketStorage.Wire {
        private static final StoreTraits TRAITS = StoreTraits.remoteDefaults().withSyncs(3, 1_000);
        private static final int CONNECTIONS = 4;
        private static final long ENDS_MILLIS = 20_000;

        private final CrashCase script;
        private final Fault fault;
        private final long nth;
        private final Set<Thread> before = Thread.getAllStackTraces().keySet();
        private final Bucket bucket = new Bucket();
        private final Unclosed unclosed = new Unclosed();
        private final Promise promise = new Promise(Contents.EMPTY);
        private final Turns turns = new Turns();
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong faults = new AtomicLong();
        private final Life life;

        Run(CrashCase script, Fault fault, long nth) {
            this.script = script;
            this.fault = fault;
            this.nth = nth;
            this.life = new Life(
                    script, () -> store(new BucketStorage(bucket, this)), promise, turns, new Random(script.seed()));
            try {
                life.open();
                script.lives().get(0).forEach(life::step);
            } catch (FencedException e) {
                throw new AssertionError("nobody has replaced this writer", e);
            } catch (WalException e) {
                boolean caused = faults() > 0 && fault.effect != Effect.TRIED_AGAIN;
                assertThat(caused).as("it has a cause: " + e).isTrue();
            }
        }

        private Store store(BucketStorage storage) {
            S3Settings settings = new S3Settings("", 0, 0, TRAITS);
            return unclosed.watch(new S3Store(storage, new RequestThreads(CONNECTIONS), settings, new TestContext()));
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
        public <T> T carry(String kind, String key, Supplier<T> call) throws IOException {
            turns.await();
            long now = calls.incrementAndGet();
            if (fault.forGood ? now < nth : now != nth) {
                return call.get();
            }
            faults.incrementAndGet();
            if (fault.effect != Effect.REQUEST_LOST) {
                T unused = call.get();
                if (fault.effect == Effect.TRIED_AGAIN) {
                    return call.get();
                }
            }
            throw new IOException(kind + " " + key + ": " + fault.effect);
        }

        @Override
        public void judge() {
            Promise.Legal legal = promise.legal(life.durableIndex());
            Bucket killed = bucket.copy();
            life.end();
            checkNothingIsLeft();
            reopen(killed, legal);
            reopen(bucket, legal);
        }

        private void reopen(Bucket left, Promise.Legal legal) {
            BucketStorage storage = BucketStorage.undisturbed(left);
            try (Wal wal = JWal.open(script.config(store(storage)))) {
                Contents found = Contents.of(wal);
                legal.check(found);
                assertThat(wal.append(new byte[10])).isEqualTo(found.log().last() + 1);
            }
            checkNothingIsLeft();
            checkTidy(left, storage);
        }

        private void checkNothingIsLeft() {
            assertThat(unclosed.names()).as("not closed").isEmpty();
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("jwal") && !before.contains(thread))
                    .forEach(Run::awaitEnd);
        }

        private static void awaitEnd(Thread thread) {
            try {
                thread.join(ENDS_MILLIS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(thread.isAlive()).as(thread + " is alive").isFalse();
        }

        /** All segments are sealed by now. */
        private static void checkTidy(Bucket left, BucketStorage storage) {
            Keys keys = new Keys("");
            assertThat(left.keys())
                    .filteredOn(key ->
                            keys.parse(key).filter(named -> !named.isSealed()).isPresent())
                    .as("parts that are no fences")
                    .allMatch(key -> left.bytes(key).orElseThrow().length == PartHeader.BYTES);
            try {
                assertThat(storage.listUploads(keys.segments()))
                        .as("unfinished uploads")
                        .isEmpty();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
