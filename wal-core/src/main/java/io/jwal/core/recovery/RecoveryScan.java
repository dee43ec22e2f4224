package io.jwal.core.recovery;

import io.jwal.CorruptLogException;
import io.jwal.core.format.BatchHeader;
import io.jwal.core.segment.BatchScan;
import io.jwal.core.segment.Damage;
import io.jwal.core.segment.IndexEncoder;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recovery rule. Takes the segments that the manifest calls open, in its order. The last index starts behind the
 * sealed segments and moves over each batch that verifies and begins right behind it. What anything claims to be durable
 * beyond that was acknowledged and is hurt: damage. Otherwise what follows is a torn write that nobody was promised. No
 * heuristics about zeros: entries may be all zeros. Changes nothing.
 */
public final class RecoveryScan {
    private static final long UNSET = -1;

    private final Store store;
    private final LogManifest manifest;
    private final List<ReadableSegment> survivors = new ArrayList<>();
    private long last;
    private long claimed;
    private long lastTime;
    private long torn;
    private @Nullable CorruptLogException damage;
    private @Nullable SegmentId damagedFrom;
    private @Nullable SegmentId tornIn;

    private RecoveryScan(Store store, LogManifest manifest) {
        this.store = store;
        this.manifest = manifest;
        this.claimed = manifest.durableIndex();
        List<LogManifest.Segment> sealed = manifest.segments(LogManifest.State.SEALED);
        LogManifest.Segment end = sealed.isEmpty() ? null : sealed.get(sealed.size() - 1);
        this.last = end == null ? UNSET : end.lastIndex();
        this.lastTime = end == null ? 0 : end.lastTime();
    }

    /**
     * Looks through the open segments.
     *
     * @throws io.jwal.UnsupportedFormatException if a newer version wrote one of them
     */
    public static Findings scan(Store store, LogManifest manifest) {
        RecoveryScan scan = new RecoveryScan(store, manifest);
        List<LogManifest.Segment> open = manifest.segments(LogManifest.State.OPEN);
        Deque<Measured> measured = new ArrayDeque<>();
        try {
            // From the last to the first: beside a writer, none then claims what an earlier one was too short to show.
            for (int i = open.size() - 1; i >= 0; i--) {
                measured.addFirst(scan.measure(open.get(i)));
            }
        } catch (RuntimeException | Error e) {
            measured.forEach(segment -> close(segment.reader()));
            throw e;
        }
        try {
            while (!measured.isEmpty()) {
                scan.segment(measured.removeFirst());
                scan.beginAtFirst();
            }
            return scan.findings();
        } catch (RuntimeException | Error e) {
            scan.survivors.forEach(ReadableSegment::release);
            measured.forEach(segment -> close(segment.reader()));
            throw e;
        }
    }

    /**
     * An open segment at one moment.
     *
     * @param claimed how much of it is known to have been synced; asked for before its size, which may grow meanwhile
     * @param size how much of it there is
     * @param unreadable why there is no reader, or null
     */
    private record Measured(
            LogManifest.Segment named,
            @Nullable SegmentReader reader,
            long claimed,
            long size,
            @Nullable CorruptLogException unreadable) {}

    /** Only the first open segment says where the log begins: what is torn there hides what came before the others. */
    private void beginAtFirst() {
        if (last == UNSET) {
            last = manifest.firstIndex() - 1;
        }
    }

    private Measured measure(LogManifest.Segment named) {
        SegmentReader reader = null;
        try {
            reader = store.openSegment(named.id());
            long synced = reader.claimedSize();
            long size = reader.size();
            ReadableSegment.checkHeader(reader, named.id(), named.salt(), size);
            return new Measured(named, reader, synced, size, null);
        } catch (SegmentNotFoundException e) {
            return unreadable(named, Damage.segment(named.id(), -1, "is named by the manifest, but is missing", e));
        } catch (CorruptLogException e) {
            close(reader);
            return unreadable(named, e);
        } catch (IOException e) {
            close(reader);
            return unreadable(named, Damage.segment(named.id(), -1, "could not be read: " + e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            close(reader);
            throw e;
        }
    }

    private static Measured unreadable(LogManifest.Segment named, CorruptLogException why) {
        return new Measured(named, null, 0, 0, why);
    }

    private void segment(Measured segment) {
        SegmentReader reader = segment.reader();
        CorruptLogException unreadable = segment.unreadable();
        if (unreadable != null) {
            damaged(segment.named().id(), unreadable);
        } else if (reader != null) {
            boolean kept = false;
            try {
                kept = batches(segment, reader);
            } finally {
                if (!kept) {
                    close(reader);
                }
            }
        }
    }

    private static void close(@Nullable SegmentReader reader) {
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                System.getLogger("io.jwal").log(System.Logger.Level.DEBUG, "a reader did not close", e);
            }
        }
    }

    /** Scans one segment; whether it has become a survivor, which keeps the reader. */
    private boolean batches(Measured segment, SegmentReader reader) {
        LogManifest.Segment named = segment.named();
        long size = segment.size();
        BatchScan scan = new BatchScan(reader, named.salt());
        try {
            run(segment, scan, size);
            long run = scan.position() + indexBehind(scan, named.salt(), reader, size);
            scan.searchClaims(size);
            countTorn(named, reader, run, size);
            if (run < segment.claimed()) {
                damaged(
                        named.id(),
                        Damage.segment(
                                named.id(),
                                run,
                                "is damaged at offset " + run + ", though it was synced up to " + segment.claimed(),
                                null));
            }
        } catch (IOException e) {
            damaged(
                    named.id(),
                    Damage.segment(
                            named.id(), scan.position(), "could not be read behind offset " + scan.position(), e));
        }
        claimed = Math.max(claimed, scan.largestClaim());
        if (scan.index().lastIndex() == 0) {
            return false;
        }
        lastTime = scan.index().lastTime();
        survivors.add(ReadableSegment.growing(named.id(), named.salt(), reader, scan.index()));
        return true;
    }

    private void run(Measured segment, BatchScan scan, long size) throws IOException {
        LogManifest.Segment named = segment.named();
        while (true) {
            BatchHeader header = scan.next(last == UNSET ? 0 : last + 1, size);
            if (header == null) {
                return;
            }
            if (last == UNSET && header.firstIndex() > manifest.firstIndex()) {
                damaged(
                        named.id(),
                        Damage.segment(
                                named.id(),
                                scan.position(),
                                "begins at index " + header.firstIndex() + ", behind the first index of the log, "
                                        + manifest.firstIndex(),
                                null));
            }
            last = header.lastIndex();
            if (scan.position() <= segment.claimed()) {
                claimed = Math.max(claimed, last); // the last commit too, which no later one vouches for
            }
        }
    }

    /** The length of index and trailer behind the batches, if they are there to the last byte. */
    private static long indexBehind(BatchScan scan, long salt, SegmentReader reader, long size) throws IOException {
        if (scan.index().lastIndex() == 0) {
            return 0;
        }
        long length = IndexEncoder.encodedBytes(scan.index());
        if (scan.position() + length > size) {
            return 0;
        }
        long[] at = {scan.position()};
        boolean[] same = {true};
        IndexEncoder.encode(scan.index(), salt, expected -> {
            ByteBuffer found = reader.slice(at[0], expected.remaining());
            same[0] &= found.equals(expected);
            at[0] += expected.remaining();
        });
        return same[0] ? length : 0;
    }

    private void countTorn(LogManifest.Segment named, SegmentReader reader, long run, long size) throws IOException {
        long end = run;
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(64 << 10, size - run));
        for (long at = run; at < size; at += piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), size - at));
            readFully(reader, at, piece);
            for (int i = piece.limit() - 1; i >= 0; i--) {
                if (piece.get(i) != 0) {
                    end = at + i + 1;
                    break;
                }
            }
        }
        if (end > run) {
            torn += end - run;
            tornIn = tornIn == null ? named.id() : tornIn;
        }
    }

    private static void readFully(SegmentReader reader, long position, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (reader.read(position + target.position(), target) < 0) {
                throw new EOFException("the segment became shorter while it was read");
            }
        }
    }

    private void damaged(SegmentId segment, CorruptLogException what) {
        if (damage == null) {
            damage = what;
            damagedFrom = segment;
        }
    }

    private Findings findings() {
        long end = Math.max(last, manifest.firstIndex() - 1);
        if (claimed > end && damage == null) {
            List<LogManifest.Segment> open = manifest.segments(LogManifest.State.OPEN);
            SegmentId where = tornIn;
            if (where == null && !open.isEmpty()) {
                where = open.get(Math.min(survivors.size(), open.size() - 1)).id();
            }
            damagedFrom = where;
            damage = new CorruptLogException(
                    "entries up to " + claimed + " were durable, but only those up to " + end + " can be read"
                            + (where == null ? "" : ": segment " + where + " is damaged")
                            + "; nothing was changed: restore it from a backup, or open with \"onCorruption\":"
                            + " \"salvage\" to go on without them",
                    where,
                    -1,
                    end + 1,
                    null);
        }
        return new Findings(manifest, List.copyOf(survivors), end, claimed, lastTime, torn, damage, damagedFrom);
    }
}
