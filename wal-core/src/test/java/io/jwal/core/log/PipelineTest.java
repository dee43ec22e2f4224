package io.jwal.core.log;

import static io.jwal.core.log.TestLogs.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.FencedException;
import io.jwal.LogLockedException;
import io.jwal.OutcomeUnknownException;
import io.jwal.Wal;
import io.jwal.WalFailedException;
import io.jwal.core.JWal;
import io.jwal.store.ByteSize;
import io.jwal.store.StoreTraits;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.Gate;
import io.jwal.store.tck.simulator.StoreCall;
import io.jwal.store.tck.simulator.StoreOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Several commits under way at once, on a store that takes three syncs. */
class PipelineTest {
    private static final int IN_FLIGHT = 3;

    private final CrashMedium medium =
            new CrashMedium().traits(StoreTraits.localDefaults().withSyncs(IN_FLIGHT, Integer.MAX_VALUE));

    /** A log with one entry, so that its first segment is there. */
    private Wal begun() {
        Wal wal = TestLogs.open(medium);
        wal.append(bytes("e1"));
        return wal;
    }

    /** Has each entry handed over as a batch of its own, and returns without waiting for their syncs. */
    private List<CompletableFuture<Long>> launch(Wal wal, String... entries) {
        List<CompletableFuture<Long>> futures = new ArrayList<>();
        for (String entry : entries) {
            long before = medium.faults().calls(StoreOperation.APPEND);
            futures.add(wal.appendAsync(bytes(entry)));
            await().until(() -> medium.faults().calls(StoreOperation.APPEND) > before);
        }
        return futures;
    }

    private static Throwable failure(CompletableFuture<Long> future) throws Exception {
        try {
            future.get(30, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Test
    void commitsGoOnWhileEarlierSyncsAreUnderWayAndAreAcknowledgedInOrder() throws Exception {
        try (Wal wal = begun()) {
            Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
            List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());
            List<CompletableFuture<Long>> futures = launch(wal, "e2", "e3", "e4");
            futures.forEach(future -> future.thenAccept(acknowledged::add));

            assertThat(acknowledged).isEmpty();
            assertThat(wal.durableIndex()).isEqualTo(1);
            assertThat(wal.lastIndex()).isEqualTo(1);
            gate.release();
            assertThat(futures.get(2).get(30, TimeUnit.SECONDS)).isEqualTo(4);
            await().until(() -> acknowledged.size() == 3);
            assertThat(acknowledged).containsExactly(2L, 3L, 4L);
            assertThat(wal.durableIndex()).isEqualTo(4);
            assertThat(TestLogs.contents(wal)).containsExactly("e1", "e2", "e3", "e4");
        }
    }

    @Test
    void noMoreAreInFlightThanTheStoreTakesAndWhatComesThenGathers() throws Exception {
        try (Wal wal = begun()) {
            Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
            launch(wal, "e2", "e3", "e4");
            long appends = medium.faults().calls(StoreOperation.APPEND);
            Background<Long> fifth =
                    Background.call(() -> wal.append(bytes("e5"))).awaitStuck();
            Background<Long> sixth =
                    Background.call(() -> wal.append(bytes("e6"))).awaitStuck();
            assertThat(medium.faults().calls(StoreOperation.APPEND)).isEqualTo(appends);
            gate.release();

            assertThat(List.of(fifth.result(), sixth.result())).containsExactlyInAnyOrder(5L, 6L);
            assertThat(medium.faults().calls(StoreOperation.APPEND)).isEqualTo(appends + 1);
            assertThat(wal.stats().appends().commits()).isEqualTo(5);
        }
    }

    @Test
    void theBufferFillsUpBehindWhatIsInFlight() throws Exception {
        try (Wal wal = JWal.open(
                TestLogs.config(medium).commitMaxBytes(ByteSize.ofKibibytes(4)).build())) {
            wal.append(bytes("e1"));
            Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
            launch(wal, "e2", "e3", "e4");
            List<CompletableFuture<Long>> accepted = new ArrayList<>();
            Optional<CompletableFuture<Long>> tried = wal.tryAppendAsync(new byte[1000]);
            while (tried.isPresent()) {
                accepted.add(tried.get());
                tried = wal.tryAppendAsync(new byte[1000]);
            }
            assertThat(accepted).hasSize(4);
            Background<Long> waiting =
                    Background.call(() -> wal.append(new byte[1000])).awaitStuck();
            gate.release();
            assertThat(waiting.result()).isEqualTo(9);
            assertThat(accepted.get(3).get(30, TimeUnit.SECONDS)).isEqualTo(8);
        }
    }

    @Test
    void oneThatFailsFailsAllBehindItAndNoneBefore() throws Exception {
        Wal wal = begun();
        Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
        medium.faults().fail(StoreOperation.SYNC, 2, Fault.ioError());
        List<CompletableFuture<Long>> futures = launch(wal, "e2", "e3", "e4");
        Background<Long> waiting =
                Background.call(() -> wal.append(bytes("e5"))).awaitStuck();
        gate.release();

        assertThat(futures.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(failure(futures.get(1))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(failure(futures.get(2))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(waiting.failure()).isInstanceOf(WalFailedException.class);
        assertThat(wal.durableIndex()).isEqualTo(2);
        assertThatThrownBy(() -> wal.append(bytes("e6"))).isInstanceOf(WalFailedException.class);
        assertThat(TestLogs.contents(wal)).containsExactly("e1", "e2");
        wal.close();
        medium.crashLosingUnsynced();
        try (Wal again = TestLogs.open(medium)) {
            assertThat(TestLogs.contents(again)).containsExactly("e1", "e2");
        }
    }

    @Test
    void anAppendThatFailsLetsWhatIsInFlightBeforeItEndWell() throws Exception {
        Wal wal = begun();
        Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
        List<CompletableFuture<Long>> futures = launch(wal, "e2");
        medium.faults().fail(StoreOperation.APPEND, 1, Fault.ioError());
        futures.addAll(launch(wal, "e3"));
        await().untilAsserted(
                        () -> assertThatThrownBy(() -> wal.append(bytes("e4"))).isInstanceOf(WalFailedException.class));
        assertThat(futures).noneMatch(CompletableFuture::isDone);
        gate.release();

        assertThat(futures.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(failure(futures.get(1))).isInstanceOf(OutcomeUnknownException.class);
        wal.close();
    }

    @Test
    void aSuccessorFencesWhatIsInFlight() throws Exception {
        Wal old = begun();
        Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
        List<CompletableFuture<Long>> futures = launch(old, "e2", "e3");
        try (Wal successor = TestLogs.open(medium)) {
            gate.release();
            for (CompletableFuture<Long> future : futures) {
                assertThat(failure(future)).isInstanceOf(FencedException.class);
            }
            assertThatThrownBy(() -> old.append(bytes("e4"))).isInstanceOf(FencedException.class);
            assertThat(old.durableIndex()).isEqualTo(1);
            assertThat(successor.append(bytes("other"))).isEqualTo(successor.lastIndex());
        }
        old.close();
    }

    @Test
    void theNextSegmentIsNotSyncedBeforeAllOfTheLastOneIs() throws Exception {
        try (Wal wal = TestLogs.open(medium)) {
            wal.append(new byte[2500]);
            await().until(() -> wal.stats().segments().open() == 2);
            Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
            launch(wal, "e2", "e3");
            medium.faults().clearTrace();
            Background<Long> rolling =
                    Background.call(() -> wal.append(new byte[2500])).awaitStuck();
            assertThat(medium.faults().trace()).extracting(StoreCall::operation).doesNotContain(StoreOperation.APPEND);
            gate.release();
            assertThat(rolling.result()).isEqualTo(4);
            assertThat(wal.stats().segments().open()).isGreaterThanOrEqualTo(1);
        }
        try (Wal wal = TestLogs.open(medium)) {
            assertThat(wal.lastIndex()).isEqualTo(4);
        }
    }

    @Test
    void aSegmentIsRolledAfterItsSyncsAlsoWhenNobodyWaitedForThem() throws Exception {
        medium.traits(StoreTraits.localDefaults().withSyncs(IN_FLIGHT, 4));
        try (Wal wal = TestLogs.open(medium)) {
            await().until(
                            () -> { // it grows while the next segment is being made
                                long index = wal.lastIndex() + 1;
                                assertThat(wal.appendAsync(bytes("e" + index)).get(30, TimeUnit.SECONDS))
                                        .isEqualTo(index);
                                return wal.stats().segments().sealed() >= 4;
                            });
            assertThat(TestLogs.contents(wal)).isEqualTo(TestLogs.numbered(1, (int) wal.lastIndex()));
        }
    }

    static Stream<Arguments> barriers() {
        return Stream.of(
                barrier("sync", Wal::sync),
                barrier("truncateAfter", wal -> wal.truncateAfter(2)),
                barrier("close", Wal::close));
    }

    private static Arguments barrier(String name, Consumer<Wal> action) {
        return Arguments.of(name, action);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("barriers")
    void whatIsInFlightIsDurableBefore(String name, Consumer<Wal> barrier) throws Exception {
        Wal wal = begun();
        Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
        List<CompletableFuture<Long>> futures = launch(wal, "e2", "e3");
        Background<Boolean> waiting = Background.run(() -> barrier.accept(wal)).awaitStuck();
        assertThat(waiting.isDone()).isFalse();
        assertThat(futures).noneMatch(CompletableFuture::isDone);
        gate.release();
        assertThat(waiting.result()).isTrue();
        for (CompletableFuture<Long> future : futures) {
            assertThat(failure(future)).isNull();
        }
        wal.close();
        medium.crashLosingUnsynced();
        try (Wal again = TestLogs.open(medium)) {
            assertThat(TestLogs.contents(again)).isEqualTo(TestLogs.numbered(1, name.equals("truncateAfter") ? 2 : 3));
        }
    }

    @Test
    void truncateBeforeNeedNotWaitForWhatIsInFlight() throws Exception {
        try (Wal wal = begun()) {
            Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
            List<CompletableFuture<Long>> futures = launch(wal, "e2", "e3");
            wal.truncateBefore(2);
            assertThat(wal.isEmpty()).isTrue();
            gate.release();
            assertThat(futures.get(1).get(30, TimeUnit.SECONDS)).isEqualTo(3);
            assertThat(TestLogs.contents(wal)).containsExactly("e2", "e3");
        }
        medium.crashLosingUnsynced();
        try (Wal again = TestLogs.open(medium)) {
            assertThat(TestLogs.contents(again)).containsExactly("e2", "e3");
        }
    }

    @Test
    void theClaimIsKeptUntilNothingOfThisWriterIsUnderWay() throws Exception {
        medium.locking(true);
        Wal wal = begun();
        Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
        List<CompletableFuture<Long>> futures = launch(wal, "e2");
        medium.faults().fail(StoreOperation.APPEND, 1, Fault.ioError());
        futures.addAll(launch(wal, "e3"));
        await().until(() -> wal.appendAsync(bytes("e4")).isCompletedExceptionally());
        Background<Boolean> closing = Background.run(wal::close).awaitStuck();

        assertThatThrownBy(() -> TestLogs.open(medium)).isInstanceOf(LogLockedException.class);
        assertThat(closing.isDone()).isFalse();
        gate.release();
        closing.failure();
        assertThat(failure(futures.get(0))).isNull();
        assertThat(failure(futures.get(1))).isInstanceOf(OutcomeUnknownException.class);
        try (Wal again = TestLogs.open(medium)) {
            assertThat(again.lastIndex()).isEqualTo(2);
        }
    }

    @Test
    void whoseBatchIsInFlightDoesNotLeadOrDelayTheNextOne() throws Exception {
        try (Wal wal = JWal.open(TestLogs.config(medium)
                .commitMaxBytes(ByteSize.ofKibibytes(4))
                .commitMaxDelay(Duration.ofSeconds(40))
                .build())) {
            wal.append(new byte[4000]); // as good as full, so it does not wait for company
            Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
            Background<Long> first = Background.call(() -> wal.append(new byte[4000]));
            gate.awaitReached(); // perhaps by the next segment, before the first has appended
            first.awaitStuck();
            Background<Long> delaying =
                    Background.call(() -> wal.append(bytes("e3"))).awaitStuck();
            gate.release();
            assertThat(first.result()).isEqualTo(2);
            assertThat(delaying.isDone()).isFalse();
            assertThat(wal.append(new byte[4000])).isEqualTo(4);
            assertThat(delaying.result()).isEqualTo(3);
        }
    }

    @Test
    void anInterruptedAppendWaitsForItsSyncAndKeepsTheInterrupt() throws Exception {
        try (Wal wal = begun()) {
            Gate gate = medium.faults().block(StoreOperation.SYNC, 1);
            Background<Boolean> waiting = Background.call(() -> {
                wal.append(bytes("e2"));
                return Thread.interrupted();
            });
            gate.awaitReached();
            waiting.awaitStuck().interrupt();
            waiting.awaitStuck();
            assertThat(waiting.isDone()).isFalse();
            gate.release();
            assertThat(waiting.result()).isTrue();
        }
    }

    @Test
    void aFutureMayAppendAndWait() throws Exception {
        try (Wal wal = begun()) {
            CompletableFuture<Long> chain = wal.appendAsync(bytes("e2"))
                    .thenCompose(index -> wal.appendAsync(bytes("e3")))
                    .thenApply(index -> wal.append(bytes("e4")))
                    .thenCompose(index -> wal.appendAsync(bytes("e5")));
            assertThat(chain.get(30, TimeUnit.SECONDS)).isEqualTo(5);
            assertThat(TestLogs.contents(wal)).isEqualTo(TestLogs.numbered(1, 5));
        }
    }

    @Test
    void manyThreadsGetWhatTheyAppended() throws Exception {
        int threads = 16;
        int each = 150;
        medium.traits(StoreTraits.localDefaults().withSyncs(IN_FLIGHT, 20));
        try (Wal wal = TestLogs.open(medium)) {
            List<Background<List<Long>>> appending = IntStream.range(0, threads)
                    .mapToObj(thread -> Background.call(() -> IntStream.range(0, each)
                            .mapToObj(i -> wal.append(bytes(thread + "/" + i)))
                            .toList()))
                    .toList();
            for (int thread = 0; thread < threads; thread++) {
                List<Long> indexes = appending.get(thread).result();
                assertThat(indexes).isSorted().doesNotHaveDuplicates();
                for (int i = 0; i < each; i++) {
                    assertThat(TestLogs.text(wal.read(indexes.get(i)))).isEqualTo(thread + "/" + i);
                }
            }
            assertThat(wal.lastIndex()).isEqualTo((long) threads * each);
            assertThat(wal.durableIndex()).isEqualTo((long) threads * each);
        }
        medium.crashLosingUnsynced();
        try (Wal wal = TestLogs.open(medium)) {
            assertThat(wal.lastIndex()).isEqualTo((long) threads * each);
        }
    }
}
