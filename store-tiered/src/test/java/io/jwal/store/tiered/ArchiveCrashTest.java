package io.jwal.store.tiered;

import static io.jwal.store.tiered.Machine.range;
import static io.jwal.store.tiered.Machine.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.core.OpenOption;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.CrashMedium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The machine dies at each change that archiving makes, before it and after it. Then the power of both stores is cut, and
 * what must hold is looked at: no hot copy is gone that the archive does not have whole and sound; the log comes back with
 * all that was acknowledged; and from the archive alone it comes back as it was at some time, with all that the archive
 * said it had.
 */
class ArchiveCrashTest {
    private static final int MANY = 10_000;

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "true, true"})
    void noStepOfArchivingLosesAnything(boolean shipping, boolean coded) throws IOException {
        int steps = new Run(MANY, false, shipping, coded).die();
        assertThat(steps).isBetween(40, MANY - 1);
        for (int step = 1; step <= steps; step++) {
            new Run(step, false, shipping, coded).dieAndComeBack();
            new Run(step, true, shipping, coded).dieAndComeBack();
        }
    }

    @Test
    void whatIsCheckedHereFindsALoss() throws IOException {
        Run run = new Run(MANY, false, false, false);
        run.die();
        Copy first = run.machine.archived().orElseThrow().copies().get(0);
        run.machine.archive.flip(first.pieces().get(0).id(), 100, 1);
        assertThatThrownBy(run::checkHotCopies).isInstanceOf(AssertionError.class);
    }

    /** One life of a machine, up to its death. */
    private static final class Run {
        private final Tripwire wire;
        private final Machine machine;
        private final int step;
        private final List<List<String>> versions = new ArrayList<>();
        private List<String> acknowledged = List.of();

        Run(int step, boolean afterIt, boolean shipping, boolean coded) {
            this.step = step;
            wire = new Tripwire(step, afterIt);
            machine = new Machine(new CrashMedium(), new CrashMedium());
            machine.keepingNothingHot().dyingWhen(wire::isTripped);
            if (coded) {
                machine.coded();
            }
            if (shipping) {
                machine.shipping(Duration.ofMillis(10));
            }
        }

        int die() {
            versions.add(List.of());
            machine.through(() -> wire.hot(machine.hot.open()), () -> wire.archive(machine.archive.open()));
            try {
                live();
            } catch (WalException e) {
                assertThat(wire.isTripped()).as("step %d: %s", step, e).isTrue();
            }
            return wire.count();
        }

        private void live() {
            try (Wal wal = machine.open()) {
                append(wal, "1-0", "2-0", "3-0");
                settle(wal);
                remember(() -> wal.truncateBefore(2), "2-0", "3-0");
                remember(() -> Machine.appendShort(wal), "2-0", "3-0", "4-0");
                settle(wal);
            }
            try (Wal wal = machine.open()) { // joins the segment of entry 4
                append(wal, "5-0", "6-0");
                settle(wal);
                remember(() -> wal.truncateAfter(4), "2-0", "3-0", "4-0");
                machine.nextGeneration();
                append(wal, "5-1", "6-1", "7-1");
                settle(wal);
            }
        }

        private void append(Wal wal, String... entries) {
            for (String entry : entries) {
                List<String> after = new ArrayList<>(acknowledged);
                after.add(entry);
                remember(() -> machine.append(wal, 1), after.toArray(String[]::new));
            }
        }

        /** What the log may be from now on, and after the change what it is. */
        private void remember(Runnable change, String... after) {
            versions.add(List.of(after));
            change.run();
            acknowledged = List.of(after);
        }

        private void settle(Wal wal) {
            Machine.await(() -> wire.isTripped() || Machine.counter(wal, "archive.backlog.bytes") == 0);
        }

        void dieAndComeBack() throws IOException {
            die();
            checkHotCopies();
            machine.restored(machine.archive.crashed(step)).ifPresent(this::checkDisaster);
            machine.hot.crash(step);
            machine.archive.crash(step);
            checkHotCopies();
            machine.through(machine.hot::open, machine.archive::open).dyingWhen(() -> false);
            long last;
            try (Wal wal = machine.open()) {
                List<String> told = Machine.toldWhole(wal);
                assertThat(versions).as("step %d", step).contains(told);
                assertThat(versions.lastIndexOf(told)).as("step %d", step).isGreaterThanOrEqualTo(lastKnown());
                machine.append(wal, 1);
                last = wal.lastIndex();
                assertThat(told(wal)).isEqualTo(range(wal.firstIndex(), last));
            }
            assertThat(machine.archived().orElseThrow().lastIndex())
                    .as("step %d: the archive has caught up", step)
                    .isEqualTo(last);
            assertThat(machine.archived().orElseThrow().copies())
                    .as("step %d: nothing is left over", step)
                    .hasSameSizeAs(Machine.segments(machine.archive));
        }

        private int lastKnown() {
            return versions.lastIndexOf(acknowledged);
        }

        /** From the archive alone, on a machine with an empty disk. */
        private void checkDisaster(Machine other) {
            long said = other.archived().orElseThrow().lastIndex();
            try (Wal wal = other.open(OpenOption.takeover())) {
                List<String> told = Machine.toldWhole(wal);
                assertThat(wal.lastIndex()).as("step %d", step).isEqualTo(said);
                assertThat(versions)
                        .as("step %d: the log as it was at some time, or its beginning", step)
                        .anyMatch(version -> isBeginning(told, version));
                other.append(wal, 1);
                assertThat(told(wal)).isEqualTo(range(wal.firstIndex(), said + 1));
            }
        }

        private static boolean isBeginning(List<String> told, List<String> version) {
            return told.size() <= version.size()
                    && version.subList(0, told.size()).equals(told);
        }

        /** Each sealed segment of the log is in the hot store, or in the archive, whole and sound. */
        void checkHotCopies() throws IOException {
            try (Store hot = machine.hot.open();
                    Store archive = machine.archive.open()) {
                if (hot.readRegister(LogManifest.REGISTER).isEmpty()) {
                    return;
                }
                for (LogManifest.Segment sealed : machine.log().segments(LogManifest.State.SEALED)) {
                    if (!hot.listSegments().contains(sealed.id())) {
                        Copy copy = machine.archived()
                                .orElseThrow()
                                .copy(sealed.id())
                                .orElseThrow();
                        assertThat(copy.isWhole() && copy.isOf(sealed))
                                .as("step %d", step)
                                .isTrue();
                        assertThat(digest(archive, copy.pieces().get(0)))
                                .as("step %d: segment %s", step, sealed.id())
                                .isEqualTo(copy.pieces().get(0).digest());
                    }
                }
            }
        }

        private static String digest(Store archive, Copy.Piece piece) throws IOException {
            MessageDigest digest = Uploads.sha256();
            try (SegmentReader reader = archive.openSegment(piece.id())) {
                ByteBuffer bytes = reader.slice(0, (int) reader.size());
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
