package io.jwal.store.s3.protocol;

import io.jwal.CorruptLogException;
import io.jwal.UnsupportedFormatException;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentExistsException;
import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.StoreContext;
import io.jwal.store.StoreException;
import io.jwal.store.StoreTraits;
import io.jwal.store.Version;
import io.jwal.store.WriterClaim;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Requests;
import io.jwal.store.s3.read.BlockCache;
import io.jwal.store.s3.read.SegmentReaders;
import io.jwal.store.s3.write.Medium;
import io.jwal.store.s3.write.S3SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A log's bytes in a bucket. There is no lock: who opens the log later takes it over, and fences whoever was there.
 *
 * @see io.jwal.store.s3.protocol the protocol
 */
public final class S3Store implements Store {
    private final ObjectStorage storage;
    private final Requests requests;
    private final Keys keys;
    private final StoreTraits traits;
    private final CapabilityProbe probe;
    private final Registers registers;
    private final Fences fences;
    private final Tidying tidying;
    private final BlockCache cache;
    private final SegmentReaders readers;
    private final Medium medium;
    private final Map<SegmentId, S3SegmentWriter> writers = new ConcurrentHashMap<>();
    private volatile boolean claimed;
    private volatile boolean closed;

    /**
     * A store in a bucket; nothing is asked of it yet.
     *
     * @param storage the bucket; closed with the store
     * @param requests sends what is asked of it; closed with the store
     */
    public S3Store(ObjectStorage storage, Requests requests, S3Settings settings, StoreContext context) {
        this.storage = storage;
        this.requests = requests;
        this.keys = new Keys(settings.prefix());
        this.traits = settings.traits();
        this.probe = new CapabilityProbe(storage, requests, keys, context.clock());
        this.registers = new Registers(storage, requests, keys);
        this.fences = new Fences(storage, requests, keys);
        this.tidying = new Tidying(storage, requests, keys, context.logger());
        this.cache = new BlockCache(storage, requests, settings.cacheBytes(), settings.readAhead());
        this.readers = new SegmentReaders(storage, requests, keys, cache);
        this.medium = new Medium(storage, requests, keys, cache, traits.syncsInFlight());
    }

    @Override
    public StoreTraits traits() {
        return traits;
    }

    @Override
    public WriterClaim claimWriter() throws IOException {
        checkOpen();
        probe.run();
        claimed = true;
        return () -> {
            claimed = false;
            tidying.finish();
        };
    }

    @Override
    public Optional<Register> readRegister(String name) throws IOException {
        checkOpen();
        return registers.read(name);
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        checkClaimed();
        Register written = registers.write(name, expected, content);
        if (name.equals(LogManifest.REGISTER)) {
            follow(written.content());
        }
        return written;
    }

    private void follow(ByteBuffer content) {
        LogManifest manifest;
        try {
            manifest = LogManifest.decode(content);
        } catch (CorruptLogException | UnsupportedFormatException e) {
            return; // whoever wrote it knows what it is; there is nothing to tidy by it
        }
        fences.epoch(manifest.epoch());
        tidying.follow(manifest);
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        checkClaimed();
        if (expectedBytes < 0) {
            throw new IllegalArgumentException("expectedBytes is at least 0, but got " + expectedBytes);
        }
        S3SegmentWriter writer = new S3SegmentWriter(id, medium, new Owner());
        if (writers.putIfAbsent(id, writer) != null) {
            throw exists(id);
        }
        boolean there = true;
        try {
            there = !requests.call(() -> storage.list(keys.segment(id), keys.segment(id), 1))
                    .isEmpty();
        } finally {
            if (there) {
                writers.remove(id, writer);
            }
        }
        if (there) {
            throw exists(id);
        }
        return writer;
    }

    private SegmentExistsException exists(SegmentId id) {
        return new SegmentExistsException(
                id, "there is a segment " + storage.describe(keys.segment(id)) + " already, or its fence");
    }

    private final class Owner implements S3SegmentWriter.Owner {
        @Override
        public void sealed(S3SegmentWriter writer, int parts) {
            tidying.sealed(writer.id(), parts);
        }

        @Override
        public void closed(S3SegmentWriter writer) {
            writers.remove(writer.id(), writer);
        }
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        checkClaimed();
        fences.fence(Objects.requireNonNull(id, "id"));
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        checkOpen();
        S3SegmentWriter writer = writers.get(id);
        return writer != null ? writer.reader(readers) : readers.open(id, fences.standing(id), tidying.listed(id));
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        checkClaimed();
        tidying.delete(Objects.requireNonNull(id, "id"));
        fences.forget(id);
    }

    @Override
    public List<SegmentId> listSegments() throws IOException {
        checkOpen();
        return List.copyOf(tidying.list());
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>(storage.counters());
        counters.putAll(cache.counters());
        return counters;
    }

    private void checkClaimed() throws StoreException {
        checkOpen();
        if (!claimed) {
            throw new IllegalStateException(
                    "only who holds the result of claimWriter() may change " + storage.describe(keys.prefix()));
        }
    }

    private void checkOpen() throws StoreException {
        if (closed) {
            throw new StoreException("the store of " + storage.describe(keys.prefix()) + " is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        requests.close();
        storage.close();
    }
}
