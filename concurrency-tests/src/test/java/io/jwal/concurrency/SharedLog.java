package io.jwal.concurrency;

import io.jwal.Cursor;
import io.jwal.Durability;
import io.jwal.EntryNotFoundException;
import io.jwal.OutOfRangeException;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.memory.MemoryStore;
import java.nio.ByteBuffer;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.LongGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * A real log in memory, as Lincheck drives it: one for each run of a scenario. Without {@code write}, which on an empty log
 * is two steps, as it says: the log moves to the index, and then the entry is there. {@code JumpTest} has that.
 */
@Param(name = "index", gen = LongGen.class, conf = "0:7")
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public abstract class SharedLog implements LogOperations {
    private final Wal wal;

    /** Opens it. Its segments hold some forty entries. */
    SharedLog(Durability durability) {
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

    /** With {@code SYNC}. */
    public static final class Sync extends SharedLog {
        /** Called by Lincheck. */
        public Sync() {
            super(Durability.SYNC);
        }
    }

    /** With {@code NONE}. */
    public static final class None extends SharedLog {
        /** Called by Lincheck. */
        public None() {
            super(Durability.NONE);
        }
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static String value(byte[] entry) {
        return Integer.toString(ByteBuffer.wrap(entry).getInt());
    }

    @Operation
    @Override
    public String append(@Param(name = "value") int value) {
        return Long.toString(wal.append(bytes(value)));
    }

    @Operation
    @Override
    public String appendTwo(@Param(name = "value") int value) {
        return Long.toString(wal.appendAll(List.of(bytes(value), bytes(-value))));
    }

    @Operation
    @Override
    public String read(@Param(name = "index") long index) {
        try {
            return value(wal.read(index));
        } catch (EntryNotFoundException e) {
            return NOT_THERE;
        }
    }

    @Operation
    @Override
    public String next(@Param(name = "index") long from) {
        while (true) {
            try (Cursor cursor = wal.cursor(from)) {
                return cursor.next() ? value(cursor.entryBytes()) : NOT_THERE;
            } catch (OutOfRangeException e) {
                return OUT_OF_RANGE;
            } catch (TruncatedException e) {
                Thread.onSpinWait(); // cut under the cursor: what is there now?
            }
        }
    }

    @Operation
    @Override
    public String lastIndex() {
        return Long.toString(wal.lastIndex());
    }

    @Operation
    @Override
    public String firstIndex() {
        return Long.toString(wal.firstIndex());
    }

    @Operation
    @Override
    public String truncateBefore(@Param(name = "index") long newFirst) {
        try {
            wal.truncateBefore(newFirst);
            return DONE;
        } catch (OutOfRangeException e) {
            return OUT_OF_RANGE;
        }
    }

    @Operation
    @Override
    public String truncateAfter(@Param(name = "index") long newLast) {
        try {
            wal.truncateAfter(newLast);
            return DONE;
        } catch (OutOfRangeException e) {
            return OUT_OF_RANGE;
        }
    }

    /** Called by Lincheck when a scenario has been run. */
    @Validate
    public void close() {
        wal.close();
    }
}
