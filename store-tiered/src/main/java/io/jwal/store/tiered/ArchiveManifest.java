package io.jwal.store.tiered;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.jwal.CorruptLogException;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.SegmentId;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.tiered.blocks.Encoding;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the archive holds: the content of its one register, and its only root of truth.
 *
 * @param epoch the archive's own epoch; grows with every archiver that attaches itself, and with every takeover
 * @param hotId the hot store that feeds the archive
 * @param firstIndex the first index of the log; that of the image is lower where the archive keeps what the log dropped
 * @param image the contiguous beginning of one version of the log's manifest, as far as the archive has it
 * @param state the log's state as of then: consumers and properties; null if there was none
 * @param copies where the segments of the image lie in the archive
 */
record ArchiveManifest(
        long epoch,
        UUID hotId,
        long firstIndex,
        LogManifest image,
        @Nullable ByteBuffer state,
        List<Copy> copies) {
    static final String REGISTER = "tiered-archive";

    private static final int PLAIN_VERSION = 1;

    /** Says of each piece how it lies in the archive; written only if one lies there in blocks. */
    private static final int IN_BLOCKS_VERSION = 2;

    private static final RegisterFrame FRAME =
            new RegisterFrame(REGISTER, 0x31484352414C574AL, IN_BLOCKS_VERSION); // "JWLARCH1"
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGEST_BYTES = 32;
    private static final int ID_BYTES = 12;
    private static final int FIXED_BYTES = 8 + 16 + 8 + 4 + 4 + 4;
    private static final int COPY_BYTES = ID_BYTES + 4 + 8 + 8 + 8 + 8 + 8 + 8 + 4;
    private static final int PIECE_BYTES = ID_BYTES + 8 + DIGEST_BYTES;
    private static final int ENCODING_BYTES = 4 + 4;
    private static final int NO_STATE = -1;

    ArchiveManifest {
        copies = List.copyOf(copies);
    }

    /** The archive of a log that has nothing yet. */
    static ArchiveManifest empty(UUID hotId) {
        return new ArchiveManifest(1, hotId, 1, LogManifest.empty(), null, List.of());
    }

    ArchiveManifest withEpoch(long next) {
        return new ArchiveManifest(next, hotId, firstIndex, image, state, copies);
    }

    ArchiveManifest withState(@Nullable ByteBuffer next) {
        return new ArchiveManifest(epoch, hotId, firstIndex, image, next, copies);
    }

    /** The copy of a segment of the log. */
    Optional<Copy> copy(SegmentId segment) {
        return copies.stream()
                .filter(copy -> copy.segment().id().equals(segment))
                .findFirst();
    }

    /** When the last entry that the archive has was committed, in milliseconds since 1970; 0 if it has none. */
    long lastTime() {
        List<LogManifest.Segment> named = image.segments();
        return named.isEmpty()
                ? 0
                : copy(named.get(named.size() - 1).id())
                        .map(copy -> copy.segment().lastTime())
                        .orElse(0L);
    }

    /** The last index that the archive has; the one before the first if it has none. */
    long lastIndex() {
        List<LogManifest.Segment> named = image.segments();
        if (named.isEmpty()) {
            return image.firstIndex() - 1;
        }
        LogManifest.Segment last = named.get(named.size() - 1);
        return last.is(LogManifest.State.SEALED)
                ? last.lastIndex()
                : copy(last.id()).map(copy -> copy.segment().lastIndex()).orElse(image.firstIndex() - 1);
    }

    /** How many copies name each key, by the keys' names in order. */
    SortedMap<String, Integer> keysInUse() {
        SortedMap<String, Integer> keys = new TreeMap<>();
        for (Copy copy : copies) {
            copy.pieces().stream()
                    .map(piece -> piece.encoding().keyId())
                    .filter(keyId -> !keyId.isEmpty())
                    .distinct()
                    .forEach(keyId -> keys.merge(keyId, 1, Integer::sum));
        }
        return keys;
    }

    ByteBuffer encode() {
        ByteBuffer log = image.encode();
        int stateBytes = state == null ? 0 : state.remaining();
        List<Copy.Piece> pieces =
                copies.stream().flatMap(copy -> copy.pieces().stream()).toList();
        int version =
                pieces.stream().anyMatch(piece -> piece.encoding().inBlocks()) ? IN_BLOCKS_VERSION : PLAIN_VERSION;
        int piecesBytes =
                pieces.stream().mapToInt(piece -> bytes(piece, version)).sum();
        ByteBuffer out = FRAME.begin(
                version, FIXED_BYTES + log.remaining() + stateBytes + copies.size() * COPY_BYTES + piecesBytes);
        out.putLong(epoch).putLong(hotId.getMostSignificantBits()).putLong(hotId.getLeastSignificantBits());
        out.putLong(firstIndex);
        out.putInt(log.remaining()).put(log);
        out.putInt(state == null ? NO_STATE : stateBytes);
        if (state != null) {
            out.put(state.duplicate());
        }
        out.putInt(copies.size());
        copies.forEach(copy -> encode(copy, version, out));
        return FRAME.end(out);
    }

    private static int bytes(Copy.Piece piece, int version) {
        return PIECE_BYTES
                + (version == PLAIN_VERSION
                        ? 0
                        : ENCODING_BYTES + piece.encoding().keyId().length());
    }

    private static void encode(Copy copy, int version, ByteBuffer out) {
        LogManifest.Segment segment = copy.segment();
        out.putLong(segment.id().epoch()).putInt(segment.id().sequence());
        out.putInt(copy.isWhole() ? 0 : 1);
        out.putLong(segment.salt()).putLong(segment.firstIndex()).putLong(segment.lastIndex());
        out.putLong(segment.bytes()).putLong(segment.firstTime()).putLong(segment.lastTime());
        out.putInt(copy.pieces().size());
        for (Copy.Piece piece : copy.pieces()) {
            out.putLong(piece.id().epoch()).putInt(piece.id().sequence()).putLong(piece.bytes());
            out.put(HEX.parseHex(piece.digest()));
            if (version != PLAIN_VERSION) {
                byte[] keyId = piece.encoding().keyId().getBytes(US_ASCII);
                out.putInt(piece.encoding().inBlocks() ? 1 : 0)
                        .putInt(keyId.length)
                        .put(keyId);
            }
        }
    }

    static ArchiveManifest decode(Register register) throws StoreCorruptException {
        ByteBuffer in = FRAME.body(register.content());
        try {
            return decodeFields(in, RegisterFrame.version(register.content()));
        } catch (BufferUnderflowException | IllegalArgumentException | CorruptLogException e) {
            throw FRAME.corrupt("its checksum is right, its content is not: " + e.getMessage(), e);
        }
    }

    private static ArchiveManifest decodeFields(ByteBuffer in, int version) {
        long epoch = in.getLong();
        UUID hotId = new UUID(in.getLong(), in.getLong());
        long firstIndex = in.getLong();
        LogManifest image = LogManifest.decode(bytes(in, in.getInt()));
        int stateBytes = in.getInt();
        ByteBuffer state = stateBytes == NO_STATE ? null : bytes(in, stateBytes);
        int count = in.getInt();
        check(count >= 0 && count <= in.remaining() / COPY_BYTES, "a number of copies", count);
        List<Copy> copies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            copies.add(decodeCopy(in, version));
        }
        check(!in.hasRemaining(), "bytes left over", in.remaining());
        return new ArchiveManifest(epoch, hotId, firstIndex, image, state, copies);
    }

    private static Copy decodeCopy(ByteBuffer in, int version) {
        SegmentId id = new SegmentId(in.getLong(), in.getInt());
        int kind = in.getInt();
        check(kind == 0 || kind == 1, "a kind of copy", kind);
        LogManifest.Segment segment = new LogManifest.Segment(
                id,
                in.getLong(),
                kind == 0 ? LogManifest.State.SEALED : LogManifest.State.OPEN,
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong());
        int count = in.getInt();
        check(count >= 1 && count <= in.remaining() / PIECE_BYTES, "a number of pieces", count);
        List<Copy.Piece> pieces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            SegmentId piece = new SegmentId(in.getLong(), in.getInt());
            long bytes = in.getLong();
            check(bytes > 0, "a length of a piece", bytes);
            byte[] digest = new byte[DIGEST_BYTES];
            in.get(digest);
            Encoding encoding = version == PLAIN_VERSION ? Encoding.PLAIN : decodeEncoding(in);
            pieces.add(new Copy.Piece(piece, bytes, HEX.formatHex(digest), encoding));
        }
        return new Copy(segment, pieces);
    }

    private static Encoding decodeEncoding(ByteBuffer in) {
        int form = in.getInt();
        check(form == 0 || form == 1, "a form of a piece", form);
        return new Encoding(form == 1, US_ASCII.decode(bytes(in, in.getInt())).toString());
    }

    private static ByteBuffer bytes(ByteBuffer in, int length) {
        check(length >= 0 && length <= in.remaining(), "a length", length);
        ByteBuffer bytes = in.slice(in.position(), length).asReadOnlyBuffer();
        in.position(in.position() + length);
        return bytes;
    }

    private static void check(boolean holds, String what, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("not " + what + ": " + found);
        }
    }
}
