package io.jwal.core.inspect;

import io.jwal.CorruptLogException;
import io.jwal.UnsupportedFormatException;
import io.jwal.core.LogInspector.BatchDetails;
import io.jwal.core.LogInspector.SegmentDetails;
import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.format.Trailer;
import io.jwal.core.segment.BatchScan;
import io.jwal.core.segment.Damage;
import io.jwal.core.segment.GrowingIndex;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/** A first look at a segment: what it holds, and its batches one by one. */
public final class SegmentLook {
    private final SegmentReader reader;
    private final LogManifest.Segment named;
    private final Consumer<BatchDetails> action;

    private SegmentLook(SegmentReader reader, LogManifest.Segment named, Consumer<BatchDetails> action) {
        this.reader = reader;
        this.named = named;
        this.action = action;
    }

    /** What a segment is; if it cannot be read, what the manifest says of it, and why. */
    public static SegmentDetails at(Store store, LogManifest.Segment named) {
        try (SegmentReader reader = store.openSegment(named.id())) {
            long size = reader.size();
            ReadableSegment.checkHeader(reader, named.id(), named.salt(), size);
            return named.is(LogManifest.State.SEALED) ? sealed(named, size) : scanned(named, reader, size);
        } catch (CorruptLogException e) {
            return details(named, named.bytes(), String.valueOf(e.getMessage()));
        } catch (SegmentNotFoundException e) {
            return details(
                    named,
                    0,
                    wasDropped(store, named)
                            ? "the log has dropped it since the manifest was read"
                            : "the manifest names it, but it is missing");
        } catch (IOException e) {
            return details(named, named.bytes(), "it could not be read: " + e.getMessage());
        }
    }

    private static SegmentDetails sealed(LogManifest.Segment named, long size) {
        boolean whole = size >= named.bytes();
        return details(
                named,
                whole ? named.bytes() : size,
                whole ? "" : "the manifest says that it has " + named.bytes() + " bytes");
    }

    private static SegmentDetails details(LogManifest.Segment named, long bytes, String problem) {
        return new SegmentDetails(
                named.id(),
                named.state(),
                named.salt(),
                named.firstIndex(),
                named.lastIndex(),
                bytes,
                Instant.ofEpochMilli(named.firstTime()),
                Instant.ofEpochMilli(named.lastTime()),
                problem);
    }

    private static SegmentDetails scanned(LogManifest.Segment named, SegmentReader reader, long size)
            throws IOException {
        BatchScan scan = new BatchScan(reader, named.salt());
        GrowingIndex index = scan.index();
        while (scan.next(index.lastIndex() == 0 ? 0 : index.lastIndex() + 1, size) != null) {
            // goes on to the first batch that does not follow
        }
        return new SegmentDetails(
                named.id(),
                named.state(),
                named.salt(),
                index.firstIndex(),
                index.lastIndex(),
                size,
                Instant.ofEpochMilli(index.firstTime()),
                Instant.ofEpochMilli(index.lastTime()),
                "");
    }

    /** Hands over every batch of a segment, and every stretch without one; nothing of one that was just dropped. */
    public static void batches(Store store, LogManifest.Segment named, Consumer<BatchDetails> action)
            throws IOException {
        try (SegmentReader reader = store.openSegment(named.id())) {
            ReadableSegment.checkHeader(reader, named.id(), named.salt(), reader.size());
            new SegmentLook(reader, named, action).walk();
        } catch (SegmentNotFoundException e) {
            if (!wasDropped(store, named)) {
                throw Damage.segment(named.id(), -1, "is named by the manifest, but is missing", e);
            }
        }
    }

    /** Whether a segment that is not there is not missing either: a writer may have dropped it a moment ago. */
    private static boolean wasDropped(Store store, LogManifest.Segment missing) {
        try {
            return store.readRegister(LogManifest.REGISTER)
                    .map(register -> LogManifest.decode(register.content()))
                    .filter(now -> now.segments().stream()
                            .noneMatch(named -> named.id().equals(missing.id())))
                    .isPresent();
        } catch (IOException | CorruptLogException | UnsupportedFormatException e) {
            return false;
        }
    }

    private void walk() throws IOException {
        long end = end();
        SegmentPart all = new SegmentPart(named.id(), named.salt(), reader, 0, -1);
        BatchCheck batches = new BatchCheck(all, end, new FindingList(), new EntryDigest(), (from, to) -> {});
        long gap = SegmentHeader.BYTES;
        long offset = gap;
        while (offset < end) {
            BatchHeader header = batches.headerAt(offset);
            if (header == null) {
                offset += 8;
                continue;
            }
            gap(gap, offset);
            boolean sound = batches.check(header, offset, new GrowingIndex());
            action.accept(new BatchDetails(
                    offset,
                    header.paddedBytes(),
                    header.count(),
                    header.firstIndex(),
                    header.durableIndex(),
                    Instant.ofEpochMilli(header.time()),
                    sound));
            offset += header.paddedBytes();
            gap = offset;
        }
        if (named.is(LogManifest.State.SEALED)) {
            gap(gap, end); // behind the batches of an open segment lies what is set aside for the next ones
        }
    }

    /** Where the batches end: before the index of a sealed segment, if its trailer tells. */
    private long end() throws IOException {
        long size = reader.size();
        if (!named.is(LogManifest.State.SEALED) || size < named.bytes()) {
            return size;
        }
        Trailer trailer =
                Trailer.decode(reader.slice(named.bytes() - Trailer.BYTES, Trailer.BYTES), named.salt(), named.bytes());
        return trailer == null ? named.bytes() : trailer.indexOffset();
    }

    private void gap(long from, long to) {
        if (from < to) {
            action.accept(new BatchDetails(from, to - from, 0, 0, 0, Instant.EPOCH, false));
        }
    }
}
