package io.jwal.store.s3.simulator;

import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A register that a writer takes over and then owns: every change is one compare-and-set against what it wrote last.
 *
 * @param <T> what it holds
 */
final class ModelRegister<T> {
    private final Store store;
    private final Kind<T> kind;
    private T replaced;
    private T current;
    private @Nullable Version version;

    /** A consumer's position and the epoch that wrote it. */
    record State(long epoch, long position) {
        private static final Kind<State> KIND = new Kind<>(
                "state",
                bytes -> new State(bytes.getLong(), bytes.getLong()),
                state -> ByteBuffer.allocate(16)
                        .putLong(state.epoch)
                        .putLong(state.position)
                        .flip(),
                State::epoch,
                epoch -> state -> new State(epoch, state.position));
    }

    private interface Decoder<T> {
        T decode(ByteBuffer bytes);
    }

    private interface Encoder<T> {
        ByteBuffer encode(T value);
    }

    private interface EpochOf<T> {
        long of(T value);
    }

    private interface Change<T> {
        T of(T value);
    }

    private record Kind<T>(
            String name, Decoder<T> decoder, Encoder<T> encoder, EpochOf<T> epoch, LongFunction<Change<T>> stamped) {}

    private static final Kind<LogManifest> MANIFEST = new Kind<>(
            LogManifest.REGISTER,
            LogManifest::decode,
            LogManifest::encode,
            LogManifest::epoch,
            epoch -> now -> new LogManifest(
                    epoch, now.firstIndex(), now.durableIndex(), now.cutCounter(), now.cuts(), now.segments()));

    private ModelRegister(Store store, Kind<T> kind, T initial) {
        this.store = store;
        this.kind = kind;
        this.replaced = initial;
        this.current = initial;
    }

    static ModelRegister<LogManifest> manifest(Store store) {
        return new ModelRegister<>(store, MANIFEST, LogManifest.empty());
    }

    static ModelRegister<State> state(Store store) {
        return new ModelRegister<>(store, State.KIND, new State(1, 0));
    }

    /** The epoch that stands in the store; 0 if nothing does. */
    long epochInStore() throws IOException {
        Optional<Register> found = store.readRegister(kind.name);
        return found.isPresent() ? kind.epoch.of(kind.decoder.decode(found.get().content())) : 0;
    }

    /** Whether the store has nothing of that name. */
    boolean isAbsent() throws IOException {
        return store.readRegister(kind.name).isEmpty();
    }

    /**
     * Writes it back with an epoch, again and again while only writers of an older one have changed it.
     *
     * @param newest the highest epoch that may stand there
     */
    void takeOver(long epoch, long newest) throws IOException {
        Optional<Register> seen = store.readRegister(kind.name);
        while (true) {
            T old = seen.isPresent() ? kind.decoder.decode(seen.get().content()) : replaced;
            if (seen.isPresent() && kind.epoch.of(old) > newest) {
                throw new StoreException("a newer writer was faster: " + kind.epoch.of(old));
            }
            Version expected = seen.map(Register::version).orElse(null);
            T mine = kind.stamped.apply(epoch).of(old);
            try {
                version = store.writeRegister(kind.name, expected, kind.encoder.encode(mine))
                        .version();
                replaced = old;
                current = mine;
                return;
            } catch (VersionConflictException e) {
                seen = store.readRegister(kind.name);
            }
        }
    }

    /** The value that was taken over. */
    T replaced() {
        return replaced;
    }

    /** What this writer wrote last. */
    T current() {
        return current;
    }

    void update(T next) throws IOException {
        version = store.writeRegister(kind.name, version, kind.encoder.encode(next))
                .version();
        current = next;
    }
}
