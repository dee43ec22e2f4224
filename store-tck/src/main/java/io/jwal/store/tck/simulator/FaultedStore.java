package io.jwal.store.tck.simulator;

import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.StoreTraits;
import io.jwal.store.Version;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store of any kind whose calls fail or wait as a {@link FaultPlan} says, and whose process can be killed: then every
 * call is refused, while what was asked of the store before goes on. Readers, writers and claims are wrapped as well.
 *
 * <p>Of {@link Fault.Effect#PARTIAL} it can do an append and a read by half; of any other call nothing happens.
 */
public final class FaultedStore implements Store {
    private final Store sound;
    private final FaultPlan faults;
    private final StoreTraits traits;
    private volatile boolean dead;

    /**
     * Wraps a store.
     *
     * @param sound the store, which it closes unless it is killed before
     * @param faults what happens to its calls
     * @param traits what it says of itself
     */
    public FaultedStore(Store sound, FaultPlan faults, StoreTraits traits) {
        this.sound = sound;
        this.faults = faults;
        this.traits = traits;
    }

    /** Ends its process: nothing more is asked of the store. It stays open, for whoever made it to close. */
    public void kill() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    @Override
    public StoreTraits traits() {
        return traits;
    }

    @Override
    public WriterClaim claimWriter() throws IOException {
        WriterClaim claim = run(StoreOperation.CLAIM, "", 0, sound::claimWriter);
        return () -> {
            if (!dead) {
                run(StoreOperation.RELEASE, "", 0, () -> {
                    claim.close();
                    return claim;
                });
            }
        };
    }

    @Override
    public Optional<Register> readRegister(String name) throws IOException {
        return run(StoreOperation.READ_REGISTER, name, 0, () -> sound.readRegister(name));
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        return run(
                StoreOperation.WRITE_REGISTER,
                name,
                content.remaining(),
                () -> sound.writeRegister(name, expected, content));
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        SegmentWriter writer =
                run(StoreOperation.CREATE, id.toString(), 0, () -> sound.createSegment(id, expectedBytes));
        return new FaultedSegmentWriter(this, id, writer);
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        run(StoreOperation.FENCE, id.toString(), 0, () -> {
            sound.fenceSegment(id);
            return id;
        });
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        SegmentReader reader = run(StoreOperation.OPEN, id.toString(), 0, () -> sound.openSegment(id));
        return new FaultedSegmentReader(this, id, reader);
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        run(StoreOperation.DELETE, id.toString(), 0, () -> {
            sound.deleteSegment(id);
            return id;
        });
    }

    @Override
    public List<SegmentId> listSegments() throws IOException {
        return run(StoreOperation.LIST, "", 0, sound::listSegments);
    }

    @Override
    public Map<String, Long> counters() {
        return sound.counters();
    }

    @Override
    public void close() throws IOException {
        if (!dead) {
            sound.close();
        }
    }

    private <T> T run(StoreOperation operation, String subject, long bytes, FaultPlan.Action<T> action)
            throws IOException {
        return run(new StoreCall(operation, subject, bytes), action, FaultPlan.NOTHING);
    }

    /** Runs a call as planned. What a dead process still wants is no call, so it cannot use up a planned fault. */
    <T> T run(StoreCall call, FaultPlan.Action<T> action, FaultPlan.Action<?> partial) throws IOException {
        checkAlive();
        return faults.run(call, () -> alive(action), () -> alive(partial));
    }

    private <T> T alive(FaultPlan.Action<T> action) throws IOException {
        checkAlive();
        return action.run();
    }

    private void checkAlive() throws StoreException {
        if (dead) {
            throw new StoreException("the process of this store was killed; open its medium again");
        }
    }
}
