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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One process that has opened a {@link CrashMedium}. */
final class CrashStore implements Store {
    private static final int MAX_REGISTER_BYTES = 16 << 20;
    private static final Pattern REGISTER_NAME = Pattern.compile("[a-z0-9-]{1,64}");

    private final CrashMedium medium;
    private final CrashState state;
    private final StoreTraits traits;
    private final Set<Object> claims = new HashSet<>();
    private boolean everClaimed;
    private @Nullable ExecutorService asyncSyncs;
    private boolean closed;

    CrashStore(CrashMedium medium, CrashState state, StoreTraits traits) {
        this.medium = medium;
        this.state = state;
        this.traits = traits;
    }

    @Override
    public StoreTraits traits() {
        return traits;
    }

    @Override
    public WriterClaim claimWriter() throws IOException {
        Object claim = new Object();
        run(StoreOperation.CLAIM, "", 0, () -> {
            if (medium.isLocking()) {
                state.take(claim);
            }
            everClaimed = true;
            return claims.add(claim);
        });
        return () -> release(claim);
    }

    private void release(Object claim) throws IOException {
        StoreCall call = new StoreCall(StoreOperation.RELEASE, "", 0);
        medium.faults().run(call, () -> state.insideOrDead(() -> giveBack(claim)), FaultPlan.NOTHING);
    }

    private boolean giveBack(Object claim) {
        state.giveBack(claim);
        return claims.remove(claim);
    }

    @Override
    public Optional<Register> readRegister(String name) throws IOException {
        checkName(name);
        return run(StoreOperation.READ_REGISTER, name, 0, () -> Optional.ofNullable(state.register(name)));
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        checkName(name);
        if (content.remaining() > MAX_REGISTER_BYTES) {
            throw new IllegalArgumentException("register \"" + name + "\" takes at most " + MAX_REGISTER_BYTES
                    + " bytes, but got " + content.remaining());
        }
        ByteBuffer copy = ByteBuffer.allocate(content.remaining()).put(content).flip();
        return run(StoreOperation.WRITE_REGISTER, name, copy.remaining(), () -> {
            checkClaim();
            return state.write(name, expected, copy);
        });
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        CrashSegment segment = run(StoreOperation.CREATE, id.toString(), 0, () -> {
            checkClaim();
            return state.create(id, expectedBytes);
        });
        return new CrashSegmentWriter(this, id, segment);
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        run(StoreOperation.FENCE, id.toString(), 0, () -> {
            checkClaim();
            state.fence(id);
            return id;
        });
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        CrashSegment segment = run(StoreOperation.OPEN, id.toString(), 0, () -> state.find(id));
        return new CrashSegmentReader(this, id, segment);
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        run(StoreOperation.DELETE, id.toString(), 0, () -> {
            checkClaim();
            state.delete(id);
            return id;
        });
    }

    @Override
    public List<SegmentId> listSegments() throws IOException {
        return run(
                StoreOperation.LIST, "", 0, () -> List.copyOf(state.segments().keySet()));
    }

    @Override
    public void close() throws IOException {
        boolean wasWriter = state.insideOrDead(() -> {
            boolean wasOpen = !closed;
            closed = true;
            claims.forEach(state::giveBack);
            claims.clear();
            if (asyncSyncs != null) {
                asyncSyncs.shutdown();
            }
            return everClaimed && wasOpen;
        });
        if (wasWriter) {
            medium.writerClosed(state);
        }
    }

    CrashState state() {
        return state;
    }

    /** Runs a call whose only partial effect is none. */
    private <T> T run(StoreOperation operation, String subject, long bytes, FaultPlan.Action<T> action)
            throws IOException {
        return run(new StoreCall(operation, subject, bytes), action, FaultPlan.NOTHING);
    }

    /** Runs a call as the medium's fault plan says, alone on the medium's state. */
    <T> T run(StoreCall call, FaultPlan.Action<T> action, FaultPlan.Action<?> partial) throws IOException {
        openly(FaultPlan.NOTHING); // what a dead process still wants is no call, so it cannot use up a planned fault
        return medium.faults().run(call, () -> openly(action), () -> openly(partial));
    }

    private <T> T openly(FaultPlan.Action<T> action) throws IOException {
        return state.inside(() -> {
            if (closed) {
                throw new StoreException("this store is closed; open its medium again");
            }
            return action.run();
        });
    }

    /** How much of a segment this process sees: a writer all, any other what was synced. */
    int visible(CrashSegment segment) {
        return everClaimed || segment.sealed || segment.settled ? segment.size : segment.synced;
    }

    /** Runs a task after all that were handed over before, on a thread of its own. */
    void later(Runnable task) throws IOException {
        openly(() -> {
            if (asyncSyncs == null) {
                asyncSyncs = Executors.newSingleThreadExecutor(runnable -> {
                    Thread thread = new Thread(runnable, "crash-store-sync");
                    thread.setDaemon(true);
                    return thread;
                });
            }
            asyncSyncs.execute(task);
            return true;
        });
    }

    private void checkClaim() {
        if (claims.isEmpty()) {
            throw new IllegalStateException("only the holder of a claim changes a store; call claimWriter() first");
        }
    }

    private static void checkName(String name) {
        if (!REGISTER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a register's name is 1 to 64 lower-case letters, digits and -, but got \"" + name + "\"");
        }
    }
}
