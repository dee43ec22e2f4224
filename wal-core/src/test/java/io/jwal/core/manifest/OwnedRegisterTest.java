package io.jwal.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.FencedException;
import io.jwal.WalClosedException;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.Version;
import io.jwal.store.memory.MemoryMedium;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnedRegisterTest {
    private static final ManifestCodec CODEC = ManifestCodec.MANIFEST;

    private final Store store = new MemoryMedium().open();

    private OwnedRegister<LogManifest> takenOver(long epoch) throws IOException {
        return takeOver(store, store.readRegister("manifest"), epoch).register();
    }

    private static OwnedRegister.TakenOver<LogManifest> takeOver(Store store, Optional<Register> found, long epoch)
            throws IOException {
        return OwnedRegister.takeOver(store, CODEC, found, LogManifest.empty(), epoch, epoch - 1);
    }

    private void write(LogManifest manifest) throws IOException {
        Version now = store.readRegister("manifest").map(Register::version).orElse(null);
        store.writeRegister("manifest", now, manifest.encode());
    }

    private LogManifest stored() throws IOException {
        return LogManifest.decode(store.readRegister("manifest").orElseThrow().content());
    }

    @Test
    void aNewOneIsCreatedWithTheEpoch() throws IOException {
        OwnedRegister.TakenOver<LogManifest> taken = takeOver(store, Optional.empty(), 4);
        assertThat(taken.replaced()).isEqualTo(LogManifest.empty());
        assertThat(taken.register().current()).isEqualTo(CODEC.withEpoch(LogManifest.empty(), 4));
        assertThat(stored()).isEqualTo(taken.register().current());
        assertThat(taken.register().epochInStore()).isEqualTo(4);
    }

    @Test
    void oneThatIsThereIsTakenOverAsItIs() throws IOException {
        LogManifest before =
                ManifestDraft.edit(draft -> draft.first(9).durable(8)).apply(LogManifest.empty());
        write(before);
        OwnedRegister.TakenOver<LogManifest> taken = takeOver(store, store.readRegister("manifest"), 2);
        assertThat(taken.replaced()).isEqualTo(before);
        assertThat(stored()).isEqualTo(CODEC.withEpoch(before, 2));
    }

    @Test
    void aNewerWritersIsNotTakenOver() throws IOException {
        write(CODEC.withEpoch(LogManifest.empty(), 7));
        assertThatThrownBy(() -> takenOver(7))
                .asInstanceOf(InstanceOfAssertFactories.type(FencedException.class))
                .satisfies(e -> assertThat(e.epoch()).isEqualTo(7))
                .satisfies(e -> assertThat(e.newerEpoch()).isEqualTo(7));
        assertThat(stored().epoch()).isEqualTo(7);
        assertThat(takenOver(8).current().epoch()).isEqualTo(8);
    }

    @Test
    void whatAnOlderWriterChangedMeanwhileIsTakenOver() throws IOException {
        write(LogManifest.empty());
        Optional<Register> seen = store.readRegister("manifest");
        LogManifest meanwhile =
                ManifestDraft.edit(draft -> draft.first(9).durable(8)).apply(LogManifest.empty());
        write(meanwhile);
        assertThat(takeOver(store, seen, 2).replaced()).isEqualTo(meanwhile);
        assertThat(takeOver(store, Optional.empty(), 3).replaced()).isEqualTo(CODEC.withEpoch(meanwhile, 2));
    }

    @Test
    void oneThatIsGoneMeanwhileIsDamage() throws IOException {
        write(LogManifest.empty());
        Optional<Register> seen = store.readRegister("manifest");
        try (Store another = new MemoryMedium().open()) {
            assertThatThrownBy(() -> takeOver(another, seen, 2))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining("\"manifest\" of the log is gone");
        }
    }

    @Test
    void aChangeIsWrittenAndBecomesCurrent() throws IOException {
        OwnedRegister<LogManifest> register = takenOver(2);
        LogManifest next = register.update(ManifestDraft.edit(draft -> draft.first(5)));
        assertThat(next.firstIndex()).isEqualTo(5);
        assertThat(register.current()).isEqualTo(next).isEqualTo(stored());
        assertThat(register.update(ManifestDraft.edit(draft -> draft.first(6))).firstIndex())
                .isEqualTo(6);
    }

    @Test
    void noChangeIsNotWritten() throws IOException {
        OwnedRegister<LogManifest> register = takenOver(2);
        Version before = store.readRegister("manifest").orElseThrow().version();
        assertThat(register.update(now -> now)).isSameAs(register.current());
        assertThat(store.readRegister("manifest").orElseThrow().version()).isEqualTo(before);
    }

    @Test
    void aNewerWriterFencesAndWhatNobodyMayWriteIsSaid() throws IOException {
        OwnedRegister<LogManifest> register = takenOver(2);
        LogManifest mine = register.current();
        write(mine);
        assertThatThrownBy(() -> register.update(ManifestDraft.edit(draft -> draft.first(5))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no writer of this log");
        assertThat(register.current()).isEqualTo(mine);
        write(CODEC.withEpoch(mine, 3));
        assertThatThrownBy(() -> register.update(ManifestDraft.edit(draft -> draft.first(5))))
                .asInstanceOf(InstanceOfAssertFactories.type(FencedException.class))
                .satisfies(e -> assertThat(e.newerEpoch()).isEqualTo(3));
        assertThat(register.epochInStore()).isEqualTo(3);
    }

    @Test
    void afterClosingNothingIsChanged() throws IOException {
        OwnedRegister<LogManifest> register = takenOver(2);
        register.close();
        assertThatThrownBy(() -> register.update(now -> now)).isInstanceOf(WalClosedException.class);
    }

    @Test
    void aFailedWriteLeavesWhatWasThereAndLetsGo() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        OwnedRegister<LogManifest> register =
                takeOver(failing(writes, 2), Optional.empty(), 2).register();
        LogManifest before = register.current();
        assertThatThrownBy(() -> register.update(ManifestDraft.edit(draft -> draft.first(5))))
                .hasMessage("the 2nd write");
        assertThat(register.current()).isEqualTo(before);
        CountDownLatch closed = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            register.close();
            closed.countDown();
        });
        other.start();
        other.join(10_000);
        assertThat(closed.getCount()).as("the lock was let go").isZero();
        // also by a close itself
        Thread another = new Thread(register::close);
        another.start();
        another.join(10_000);
        assertThat(another.isAlive()).isFalse();
    }

    @Test
    void whatIsGoneHasNoEpoch() throws IOException {
        OwnedRegister<LogManifest> register =
                takeOver(gone(), Optional.empty(), 2).register();
        assertThat(register.epochInStore()).isZero();
    }

    /** Fails one write. */
    private Store failing(AtomicInteger writes, int number) {
        return proxied((method, arguments) -> {
            if (method.equals("writeRegister") && writes.incrementAndGet() == number) {
                throw new IOException("the 2nd write");
            }
            return null;
        });
    }

    /** Reads as if nothing were there. */
    private Store gone() {
        return proxied((method, arguments) -> method.equals("readRegister") ? Optional.empty() : null);
    }

    private interface Answer {
        @Nullable
        Object to(String method, Object @Nullable [] arguments) throws IOException;
    }

    private Store proxied(Answer answer) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    Object other = answer.to(method.getName(), arguments);
                    return other == null ? method.invoke(store, arguments) : other;
                });
    }
}
