package io.jwal.store.tck;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreLockedException;
import io.jwal.store.WriterClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store that is tested, for the length of one test: opens what the test asks for, and closes what it left open. */
final class StoreUnderTest implements AutoCloseable {
    /** A segment's id, where any does. */
    static final SegmentId ID = new SegmentId(1, 1);

    /** Another one, which comes after it. */
    static final SegmentId OTHER = new SegmentId(1, 2);

    /** A register's name, where any does. */
    static final String REGISTER = "manifest";

    private final StoreContractTest hooks;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable Store store;
    private @Nullable WriterClaim claim;

    StoreUnderTest(StoreContractTest hooks) {
        this.hooks = hooks;
    }

    StoreContractTest hooks() {
        return hooks;
    }

    /** The store of this test's writer, with a claim; the same one until the next {@link #takeOver} or reopening. */
    Store store() throws IOException {
        Store current = store;
        if (current == null) {
            current = other();
            claim = current.claimWriter();
            store = current;
        }
        return current;
    }

    /** Another store on the same medium, without a claim. */
    Store other() throws IOException {
        return closing(hooks.open());
    }

    /** Closes something at the end of the test, if nobody has before. */
    <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** Lets the writer give its claim back. */
    void releaseClaim() throws IOException {
        if (claim != null) {
            claim.close();
            claim = null;
        }
    }

    /**
     * Another writer takes this one's place: on a medium that locks, the first has given its claim back (and may not
     * know); on any other, nobody has told it.
     */
    Store takeOver() throws IOException {
        Store successor = other();
        WriterClaim taken;
        try {
            taken = successor.claimWriter();
        } catch (StoreLockedException e) {
            releaseClaim();
            taken = successor.claimWriter();
        }
        store = successor;
        claim = taken;
        return successor;
    }

    /** Stores of several writers at once where the medium does not lock, else the one writer's store as often. */
    List<Store> writers(int count) throws IOException {
        List<Store> writers = new ArrayList<>(List.of(store()));
        while (writers.size() < count) {
            Store another = other();
            try {
                another.claimWriter();
                writers.add(another);
            } catch (StoreLockedException e) {
                writers.add(store());
            }
        }
        return writers;
    }

    /** Closes everything in order, and opens the writer's store again. */
    Store afterClose() throws IOException {
        releaseClaim();
        while (!open.isEmpty()) {
            closeNext();
        }
        store = null;
        return store();
    }

    /** Crashes, and opens the writer's store again. */
    Store afterCrash() throws IOException {
        hooks.crash();
        close();
        return store();
    }

    /** Closes everything, whatever it says. */
    @Override
    public void close() {
        try {
            releaseClaim();
        } catch (IOException e) {
            // after a crash, or of a store that fails: not what is tested here
        }
        while (!open.isEmpty()) {
            try {
                closeNext();
            } catch (IOException | RuntimeException e) {
                // as above
            }
        }
        claim = null;
        store = null;
    }

    private void closeNext() throws IOException {
        try {
            open.pop().close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Creates a segment in the writer's store. */
    SegmentWriter create(SegmentId id) throws IOException {
        return create(store(), id);
    }

    SegmentWriter create(Store by, SegmentId id) throws IOException {
        return closing(by.createSegment(id, Content.EXPECTED));
    }

    /** Creates a segment with a synced content, and leaves it unsealed. */
    SegmentWriter createSynced(SegmentId id, byte[] content) throws IOException {
        SegmentWriter writer = create(id);
        writer.append(ByteBuffer.wrap(content));
        writer.sync();
        return writer;
    }

    /** Creates a segment with a content, and seals it. */
    void createSealed(SegmentId id, byte[] content) throws IOException {
        SegmentWriter writer = createSynced(id, content);
        writer.seal();
        writer.close();
    }

    SegmentReader reader(Store of, SegmentId id) throws IOException {
        return closing(of.openSegment(id));
    }

    /** All bytes of a segment that the writer's store shows. */
    byte[] contents(SegmentId id) throws IOException {
        return contents(store(), id);
    }

    byte[] contents(Store of, SegmentId id) throws IOException {
        try (SegmentReader reader = of.openSegment(id)) {
            return Content.of(reader);
        }
    }
}
