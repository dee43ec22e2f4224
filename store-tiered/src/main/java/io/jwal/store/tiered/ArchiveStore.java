package io.jwal.store.tiered;

import io.jwal.store.LogManifest;
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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An archive as the log that it is an image of. Only read: to go on with it is a takeover, to have it elsewhere a copy. */
final class ArchiveStore implements Store {
    private static final String STATE = "state";

    private final Store archive;
    private final ArchiveRegister register;

    ArchiveStore(Pieces pieces) {
        this.archive = pieces.archive();
        this.register = new ArchiveRegister(pieces);
    }

    @Override
    public StoreTraits traits() {
        return archive.traits();
    }

    @Override
    public WriterClaim claimWriter() throws IOException {
        throw readOnly();
    }

    @Override
    public Optional<Register> readRegister(String name) throws IOException {
        if (!name.equals(LogManifest.REGISTER) && !name.equals(STATE)) {
            return archive.readRegister(name).filter(unused -> false); // for its check of the name
        }
        Optional<Register> found = archive.readRegister(ArchiveManifest.REGISTER);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ArchiveManifest archived = ArchiveManifest.decode(found.get());
        ByteBuffer content =
                name.equals(STATE) ? archived.state() : archived.image().encode();
        return content == null
                ? Optional.empty()
                : Optional.of(new Register(found.get().version(), content));
    }

    @Override
    public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        throw readOnly();
    }

    @Override
    public SegmentWriter createSegment(SegmentId id, long expectedBytes) throws IOException {
        throw readOnly();
    }

    @Override
    public void fenceSegment(SegmentId id) throws IOException {
        throw readOnly();
    }

    @Override
    public SegmentReader openSegment(SegmentId id) throws IOException {
        return register.open(id);
    }

    @Override
    public void deleteSegment(SegmentId id) throws IOException {
        throw readOnly();
    }

    @Override
    public List<SegmentId> listSegments() throws IOException {
        Optional<Register> found = archive.readRegister(ArchiveManifest.REGISTER);
        TreeSet<SegmentId> segments = new TreeSet<>();
        if (found.isPresent()) {
            ArchiveManifest.decode(found.get())
                    .copies()
                    .forEach(copy -> segments.add(copy.segment().id()));
        }
        return List.copyOf(segments);
    }

    @Override
    public Map<String, Long> counters() {
        return archive.counters();
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    private static StoreException readOnly() {
        return new StoreException(
                "an archive is only read; to go on with its log open the tiered store with"
                        + " OpenOption.takeover() (`wal archive takeover`), to have it elsewhere copy it (`wal archive restore`)");
    }
}
