package io.jwal.media;

import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreTraits;
import io.jwal.store.memory.MemoryMedium;
import io.jwal.store.memory.MemoryStoreConfig;
import io.jwal.store.memory.MemoryStoreProvider;
import io.jwal.store.tck.TestContext;
import io.jwal.store.tck.simulator.FaultPlan;
import io.jwal.store.tck.simulator.FaultedStore;
import io.jwal.store.tck.simulator.LogMedium;
import io.jwal.store.tck.simulator.Watermark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/**
 * The real memory store, found again by its name. It lives as long as this process, so a killed one is an opener that asks
 * for nothing more, and a power cut, after which nothing at all would be there, is no worse.
 */
public final class NamedMemory implements LogMedium {
    private final String name = UUID.randomUUID().toString();
    private final FaultPlan faults = new FaultPlan();
    private final Queue<FaultedStore> alive = new ConcurrentLinkedQueue<>();
    private UnaryOperator<StoreTraits> traits = UnaryOperator.identity();

    @Override
    public boolean can(Ability ability) {
        return ability == Ability.TAKE_OVER || ability == Ability.HURT_ONE_BYTE;
    }

    @Override
    public Store open() {
        Store store = sound();
        FaultedStore faulted = new FaultedStore(store, faults, traits.apply(store.traits()));
        alive.add(faulted);
        return faulted;
    }

    private Store sound() {
        return new MemoryStoreProvider().open(new MemoryStoreConfig(name), new TestContext());
    }

    @Override
    public FaultPlan faults() {
        return faults;
    }

    @Override
    public LogMedium traits(UnaryOperator<StoreTraits> change) {
        traits = change;
        return this;
    }

    @Override
    public LogMedium watermark(Watermark kept) {
        needs(Ability.WATERMARK);
        return this;
    }

    @Override
    public LogMedium locking(boolean locks) {
        if (locks) {
            needs(Ability.LOCK);
        }
        return this;
    }

    /** Nothing is lost by it. */
    @Override
    public LogMedium crashOnClose(long seed) {
        return this;
    }

    @Override
    public void kill() {
        alive.forEach(FaultedStore::kill);
        alive.clear();
    }

    @Override
    public void crash(long seed) {
        kill();
    }

    @Override
    public void crashLosingUnsynced() {
        kill();
    }

    @Override
    public LogMedium crashed(long seed) {
        needs(Ability.TEAR);
        return this;
    }

    @Override
    public void flip(SegmentId id, int position, int mask) throws IOException {
        rewrite(id, bytes -> {
            bytes[position] ^= (byte) mask;
            return bytes;
        });
    }

    @Override
    public void cut(SegmentId id, int length) throws IOException {
        rewrite(id, bytes -> Arrays.copyOf(bytes, length));
    }

    @Override
    public void lose(SegmentId id) throws IOException {
        sound().deleteSegment(id);
    }

    /** Nobody can change what is held, so another segment takes the place of the damaged one, synced as far as that was. */
    private void rewrite(SegmentId id, UnaryOperator<byte[]> damage) throws IOException {
        Store store = sound();
        int synced;
        byte[] damaged;
        try (SegmentReader reader = store.openSegment(id)) {
            synced = Math.toIntExact(reader.claimedSize());
            damaged = damage.apply(contents(reader));
        }
        store.deleteSegment(id);
        try (SegmentWriter writer = store.createSegment(id, damaged.length)) {
            int known = Math.min(synced, damaged.length);
            writer.append(ByteBuffer.wrap(damaged, 0, known));
            writer.sync();
            writer.append(ByteBuffer.wrap(damaged, known, damaged.length - known));
        }
    }

    private static byte[] contents(SegmentReader reader) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(reader.size()));
        reader.read(0, bytes);
        return bytes.array();
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> all = new TreeMap<>();
        Store store = sound();
        try {
            for (String register : new String[] {LogManifest.REGISTER, "state"}) {
                store.readRegister(register).map(Register::content).ifPresent(content -> {
                    byte[] bytes = new byte[content.remaining()];
                    content.get(bytes);
                    all.put("register " + register, HexFormat.of().formatHex(bytes));
                });
            }
            for (SegmentId id : store.listSegments()) {
                try (SegmentReader reader = store.openSegment(id)) {
                    all.put("segment " + id, HexFormat.of().formatHex(contents(reader)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what is in " + this, e);
        }
        return all;
    }

    @Override
    public void close() {
        kill();
        MemoryMedium.drop(name);
    }

    @Override
    public String toString() {
        return "the memory store";
    }
}
