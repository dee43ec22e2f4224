package io.jwal.store.file;

import static io.jwal.store.file.Stores.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import java.io.IOException;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a power cut, or the end of the process, at any call leaves of segments. */
final class SegmentCrashTest {
    private static final int CUTS_PER_CALL = 12;

    private final Random random = new Random(11);
    private int cuts;

    /** What the run knows of a segment. */
    private static final class Known {
        private final SegmentId id;
        private final long base;
        private long appended;
        private long appending;
        private long synced;
        private boolean sealed;
        private boolean deleting;

        Known(int sequence) {
            id = new SegmentId(1, sequence);
            base = sequence * 1_000_003L;
        }
    }

    @Test
    void whatWasSyncedIsThereAtEveryCut() throws IOException {
        run(disk -> disk);
        assertThat(cuts).isGreaterThan(1_000);
    }

    @Test
    void aForgottenDirectorySyncIsNoticed() {
        assertThatThrownBy(() -> run(disk -> ScriptedDisk.omitting(disk, SimulatedDisk.Call.SYNC_DIRECTORY)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("synced");
    }

    @Test
    void aForgottenFileSyncIsNoticed() {
        assertThatThrownBy(() -> run(
                        disk -> ScriptedDisk.omitting(disk, SimulatedDisk.Call.SYNC, SimulatedDisk.Call.WRITE_THROUGH)))
                .isInstanceOf(AssertionError.class);
    }

    /** Two segments side by side as a log rolls: the ahead one's header is synced while the hot one has unsynced bytes. */
    private void run(UnaryOperator<Disk> user) throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        Known hot = new Known(1);
        Known ahead = new Known(2);
        disk.script((call, name) -> {
            for (int i = 0; i < CUTS_PER_CALL; i++) {
                crash(disk, i < 2 ? i : random.nextLong(), hot, ahead);
            }
            kill(disk, hot, ahead);
        });
        try (Store store = Stores.on(user.apply(disk))) {
            store.claimWriter();
            SegmentWriter first = store.createSegment(hot.id, 4096);
            append(first, hot, 64, true);
            append(first, hot, 700, true);
            append(first, hot, 1500, false);
            SegmentWriter second = store.createSegment(ahead.id, 8192);
            append(second, ahead, 64, false);
            sync(second, ahead);
            append(first, hot, 10, false);
            sync(first, hot);
            append(first, hot, 3000, true);
            append(first, hot, 100, false);
            append(second, ahead, 900, false);
            sync(first, hot);
            append(second, ahead, 5, true);
            append(first, hot, 300, false);
            first.seal();
            hot.synced = hot.appended;
            hot.sealed = true;
            append(second, ahead, 800, true);
            hot.deleting = true;
            store.deleteSegment(hot.id);
            append(second, ahead, 800, true);
        }
    }

    private static void append(SegmentWriter writer, Known known, int length, boolean sync) throws IOException {
        known.appending = known.appended + length;
        if (sync) {
            writer.appendAndSync(pattern(known.base + known.appended, length));
            known.synced = known.appending;
        } else {
            writer.append(pattern(known.base + known.appended, length));
        }
        known.appended = known.appending;
    }

    private static void sync(SegmentWriter writer, Known known) throws IOException {
        writer.sync();
        known.synced = known.appended;
    }

    private void crash(SimulatedDisk disk, long seed, Known... segments) throws IOException {
        cuts++;
        SimulatedDisk left = disk.crash(seed);
        for (Known known : segments) {
            if (!known.deleting) {
                check(Stores.on(left), known, seed);
            }
        }
        try (Store next = Stores.on(left)) {
            next.claimWriter();
            for (Known known : segments) {
                if (!known.deleting) {
                    check(next, known, seed);
                }
            }
        }
    }

    private static void check(Store store, Known known, long seed) throws IOException {
        try (SegmentReader reader = store.openSegment(known.id)) {
            assertThat(reader.size())
                    .as("size of %s, synced up to %d, seed %d", known.id, known.synced, seed)
                    .isGreaterThanOrEqualTo(known.synced);
            assertThat(reader.claimedSize())
                    .as("claimed of %s, synced up to %d, seed %d", known.id, known.synced, seed)
                    .isLessThanOrEqualTo(Math.max(known.synced, known.appending));
            int sound = (int) Math.max(known.synced, reader.claimedSize());
            assertThat(reader.slice(0, sound))
                    .as("bytes of %s, synced up to %d, seed %d", known.id, sound, seed)
                    .isEqualTo(pattern(known.base, sound));
        } catch (SegmentNotFoundException e) {
            assertThat(known.synced)
                    .as("synced bytes of a segment that is gone")
                    .isZero();
        }
    }

    /** Without a power cut a follower sees exactly what was synced, and who claims the log all that was appended. */
    private static void kill(SimulatedDisk disk, Known... segments) throws IOException {
        SimulatedDisk left = disk.kill();
        for (Known known : segments) {
            try (SegmentReader follower = Stores.on(left).openSegment(known.id)) {
                if (!known.sealed && !known.deleting) {
                    assertThat(follower.size()).as("what a follower sees").isIn(known.synced, known.appending);
                    assertThat(follower.claimedSize()).isEqualTo(follower.size());
                }
                int size = (int) follower.size();
                assertThat(follower.slice(0, size)).isEqualTo(pattern(known.base, size));
            } catch (SegmentNotFoundException e) {
                assertThat(known.synced == 0 || known.deleting).isTrue();
            }
        }
        try (Store next = Stores.on(left)) {
            next.claimWriter();
            for (Known known : segments) {
                if (known.appended > 0 && !known.deleting) {
                    try (SegmentReader recovery = next.openSegment(known.id)) {
                        assertThat(recovery.size()).isGreaterThanOrEqualTo(known.appended);
                        assertThat(recovery.claimedSize()).isIn(known.synced, known.appending);
                        assertThat(recovery.slice(0, (int) known.appended))
                                .isEqualTo(pattern(known.base, (int) known.appended));
                    }
                }
            }
        }
    }
}
