package io.jwal.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.jwal.Cursor;
import io.jwal.Durability;
import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.memory.MemoryStore;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An entry that {@code lastIndex} tells of can be read, whole; a batch is seen whole or not at all.
 *
 * <p>Results: the last index that the other thread saw, and what it then read there: 1 if it was right, 0 if there was
 * nothing to read, -1 if it was wrong, -2 if it was not there.
 */
public final class TailPublication {
    private static final int BYTES = 100;

    private TailPublication() {}

    /** A log on which one thread appends while another looks. */
    public abstract static class Log {
        final Wal wal;

        Log(Durability durability) {
            wal = JWal.open(WalConfig.builder()
                    .store(MemoryStore.create())
                    .durability(durability)
                    .segmentSize(ByteSize.ofKibibytes(4))
                    .maxEntry(ByteSize.ofKibibytes(4))
                    .maxBatch(ByteSize.ofKibibytes(4))
                    .commitMaxBytes(ByteSize.ofKibibytes(4))
                    .cacheBytes(ByteSize.ofKibibytes(64))
                    .build());
        }

        static byte[] content(long index) {
            byte[] bytes = new byte[BYTES];
            Arrays.fill(bytes, (byte) index);
            return bytes;
        }

        void look(II_Result seen) {
            long last = wal.lastIndex();
            seen.r1 = (int) last;
            seen.r2 = last == 0 ? 0 : right(last);
        }

        private int right(long last) {
            try {
                for (long index = wal.firstIndex(); index <= last; index++) {
                    if (!Arrays.equals(wal.read(index), content(index))) {
                        return -1;
                    }
                }
                return 1;
            } catch (WalException e) {
                return -2;
            }
        }

        /** What a cursor sees, counted, instead of the last index. */
        void scan(II_Result seen) {
            try (Cursor cursor = wal.cursor(1)) {
                seen.r2 = 0;
                while (cursor.next()) {
                    seen.r1 = (int) cursor.index();
                    seen.r2 = Arrays.equals(cursor.entryBytes(), content(cursor.index())) ? 1 : -1;
                }
            } catch (WalException e) {
                seen.r2 = -2;
            }
        }

        /** When both have ended. */
        void end() {
            wal.close();
        }
    }

    /** Acknowledged when it is synced. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not yet")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(expect = FORBIDDEN, desc = "torn, or told before it can be read")
    public static class OneByOneInSync extends Log {
        /** A log. */
        public OneByOneInSync() {
            super(Durability.SYNC);
        }

        /** Appends. */
        @Actor
        public void append() {
            wal.append(content(1));
            wal.append(content(2));
        }

        /** Looks. */
        @Actor
        public void reader(II_Result seen) {
            look(seen);
        }

        /** Ends. */
        @Arbiter
        public void arbiter() {
            end();
        }
    }

    /** Batches of two, acknowledged when they are accepted: both are seen, or neither. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not yet")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "the batch")
    @Outcome(expect = FORBIDDEN, desc = "torn, half a batch, or told before it can be read")
    public static class ABatchInNone extends Log {
        /** A log. */
        public ABatchInNone() {
            super(Durability.NONE);
        }

        /** Appends. */
        @Actor
        public void append() {
            wal.appendAll(List.of(content(1), content(2)));
        }

        /** Looks. */
        @Actor
        public void reader(II_Result seen) {
            look(seen);
        }

        /** Ends. */
        @Arbiter
        public void arbiter() {
            end();
        }
    }

    /** What a cursor comes to. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not yet")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(expect = FORBIDDEN, desc = "torn, or not in order")
    public static class ACursorInNone extends Log {
        /** A log. */
        public ACursorInNone() {
            super(Durability.NONE);
        }

        /** Appends. */
        @Actor
        public void append() {
            wal.append(content(1));
            wal.append(content(2));
        }

        /** Reads. */
        @Actor
        public void reader(II_Result seen) {
            scan(seen);
        }

        /** Ends. */
        @Arbiter
        public void arbiter() {
            end();
        }
    }
}
