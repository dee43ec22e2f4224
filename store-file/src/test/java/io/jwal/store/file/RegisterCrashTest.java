package io.jwal.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whatever a power cut leaves, a register has its old value or its new one, and can be written again. */
final class RegisterCrashTest {
    private static final int DEPTH = 3;
    private static final int WRITES = 3;
    private static final int CUTS_PER_CALL = 10;

    /** Below the first cut only some calls are cut, or there would be millions. */
    private static final double DEEPER = 0.01;

    private final Random random = new Random(7);
    private int cuts;

    @Test
    void registersAreOldOrNewAtEveryCut() throws IOException {
        run(new SimulatedDisk(), disk -> disk, 0, 0, DEPTH);
        assertThat(cuts).isGreaterThan(2_000);
    }

    @Test
    void aForgottenDirectorySyncIsNoticed() {
        assertThatThrownBy(() -> runCareless(SimulatedDisk.Call.SYNC_DIRECTORY))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("register");
    }

    @Test
    void aForgottenFileSyncIsNoticed() {
        assertThatThrownBy(() -> runCareless(SimulatedDisk.Call.SYNC, SimulatedDisk.Call.WRITE_THROUGH))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("register");
    }

    private void runCareless(SimulatedDisk.Call... omissions) throws IOException {
        run(new SimulatedDisk(), disk -> ScriptedDisk.omitting(disk, omissions), 0, 0, 1);
    }

    /** Writes values that follow the last one, which is durable once the log is claimed, cutting the disk at every call. */
    private void run(SimulatedDisk disk, UnaryOperator<Disk> user, int durable, int last, int depth)
            throws IOException {
        int[] acknowledged = {durable};
        int[] underWay = {last};
        if (depth > 0) {
            disk.script((call, name) -> {
                for (int i = 0; i < CUTS_PER_CALL; i++) {
                    if (depth == DEPTH || user.apply(disk) != disk || random.nextDouble() < DEEPER) {
                        cut(disk, user, i < 3 ? i : random.nextLong(), acknowledged[0], underWay[0], depth);
                    }
                }
            });
        }
        try (Store store = Stores.on(user.apply(disk))) {
            store.claimWriter();
            acknowledged[0] = last;
            Version version =
                    store.readRegister("manifest").map(Register::version).orElse(null);
            for (int i = 1; i <= WRITES; i++) {
                underWay[0] = last + i;
                version = store.writeRegister("manifest", version, value(last + i))
                        .version();
                acknowledged[0] = last + i;
            }
        }
    }

    private void cut(
            SimulatedDisk disk, UnaryOperator<Disk> user, long seed, int acknowledged, int underWay, int depth) {
        cuts++;
        // Now and then only the process ends: then its successor builds on what is in the cache and not on the disk.
        boolean killed = seed % 8 == 2;
        SimulatedDisk left = killed ? disk.kill() : disk.crash(seed);
        try {
            int found = read(Stores.on(left));
            assertThat(found)
                    .as("the value of the register after a crash with seed %d", seed)
                    .isIn(acknowledged, underWay);
            run(left, user, killed ? acknowledged : found, found, depth - 1);
        } catch (IOException e) {
            throw new AssertionError("the register is unusable after a crash with seed " + seed, e);
        }
    }

    private static int read(Store store) throws IOException {
        Optional<Register> register = store.readRegister("manifest");
        if (register.isEmpty()) {
            return 0;
        }
        ByteBuffer content = register.get().content();
        int number = content.getInt(0);
        assertThat(content).as("the bytes of the register").isEqualTo(value(number));
        return number;
    }

    /** A value that takes from one to a few sectors. */
    private static ByteBuffer value(int number) {
        ByteBuffer value = Stores.pattern(number, 100 + number * 777 % 1500);
        return value.putInt(0, number);
    }

    @Test
    void aFailedDirectorySyncEndsTheWritingOfRegisters() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        try (Store store = Stores.on(disk)) {
            store.claimWriter();
            Version version = store.writeRegister("manifest", null, value(1)).version();
            disk.script((call, name) -> {
                if (call == SimulatedDisk.Call.SYNC_DIRECTORY) {
                    throw SimulatedDisk.broken();
                }
            });
            assertThatThrownBy(() -> store.writeRegister("manifest", version, value(2)))
                    .isInstanceOf(IOException.class);
            disk.script((call, name) -> {});
            // What is there now may be the old value or the new one; a second sync would say that all is well.
            Version now = store.readRegister("manifest").orElseThrow().version();
            assertThatThrownBy(() -> store.writeRegister("manifest", now, value(3)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("earlier sync");
        }
    }

    @Test
    void aFullDiskDoesNotKeepRegistersFromBeingWritten() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        Version version;
        try (Store store = Stores.on(disk)) {
            store.claimWriter();
            version = store.writeRegister("manifest", null, value(1)).version();
        }
        disk.capacity(0);
        try (Store store = Stores.on(disk)) {
            store.claimWriter();
            for (int i = 2; i <= 5; i++) {
                version = store.writeRegister("manifest", version, value(i)).version();
                assertThat(read(Stores.on(disk.crash(0)))).isEqualTo(i);
            }
            Version last = version;
            assertThatThrownBy(() -> store.writeRegister("manifest", last, value(6)))
                    .isInstanceOf(io.jwal.store.StoreFullException.class)
                    .hasMessageContaining("no space left");
            assertThat(read(store)).isEqualTo(5);
            disk.capacity(Long.MAX_VALUE);
            store.writeRegister("manifest", last, value(6));
        }
    }
}
