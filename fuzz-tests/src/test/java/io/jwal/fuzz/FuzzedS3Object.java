package io.jwal.fuzz;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.SegmentReader;
import io.jwal.store.StoreTraits;
import io.jwal.store.s3.format.BlockChecksums;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.Nonce;
import io.jwal.store.s3.format.PartHeader;
import io.jwal.store.s3.format.RegisterObject;
import io.jwal.store.s3.format.SealedEnd;
import io.jwal.store.s3.protocol.S3Settings;
import io.jwal.store.s3.protocol.S3Store;
import io.jwal.store.tck.TestContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An object of a log on S3, read by the store: one byte that says what it stands for and whether its checksums are made
 * right, then the object.
 */
final class FuzzedS3Object implements FuzzedReader {
    private static final int PART = 0;
    private static final int SEALED = 1;
    private static final int REGISTER = 2;
    private static final int REPAIRED = 4;

    private static final Keys KEYS = new Keys("");
    private static final SegmentId ID = new SegmentId(3, 2);
    private static final Nonce NONCE = new Nonce(5, 6);
    private static final S3Settings SETTINGS = new S3Settings("", 4 << 20, 0, StoreTraits.remoteDefaults());
    private static final int MOST_READ = 1 << 20;

    @Override
    public void read(byte[] input) throws IOException {
        int flags = input.length == 0 ? 0 : input[0] & 7;
        byte[] object = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        int kind = flags & 3;
        if ((flags & REPAIRED) != 0) {
            repair(kind, object);
        }
        String key = switch (kind) {
            case PART -> KEYS.part(ID, 1);
            case SEALED -> KEYS.sealed(ID);
            default -> KEYS.register("manifest");
        };
        try (S3Store store =
                new S3Store(new OneObject(key, object).storage(), new DirectRequests(), SETTINGS, new TestContext())) {
            if (kind >= REGISTER) {
                store.readRegister("manifest")
                        .ifPresent(register -> register.content().remaining());
                return;
            }
            try (SegmentReader reader = store.openSegment(ID)) {
                long size = reader.size();
                if (size < 0 || reader.claimedSize() < 0) {
                    throw new AssertionError("a size of " + size + ", claimed " + reader.claimedSize());
                }
                readAll(reader, size);
            } catch (SegmentNotFoundException e) {
                // a fence at the first number, or nothing there
            }
        }
    }

    private static void readAll(SegmentReader reader, long size) throws IOException {
        int length = (int) Math.min(size, MOST_READ);
        if (length > 0) {
            ByteBuffer start = reader.slice(0, length);
            ByteBuffer end = ByteBuffer.allocate(Math.min(length, 100));
            reader.read(size - end.capacity(), end);
            if (size == length
                    && !start.slice(length - end.position(), end.position()).equals(end.flip())) {
                throw new AssertionError("two readings differ");
            }
        }
        if (reader.read(size, ByteBuffer.allocate(1)) > 0) {
            throw new AssertionError("bytes behind the end");
        }
    }

    /** The checksums, and the names that would not be looked at further if they were wrong. */
    private static void repair(int kind, byte[] object) {
        ByteBuffer out = ByteBuffer.wrap(object).order(ByteOrder.LITTLE_ENDIAN);
        if (kind == PART && object.length >= PartHeader.BYTES) {
            out.putLong(8, ID.epoch()).putInt(16, ID.sequence()).putInt(20, 1);
            int head = PartHeader.headBytes(ByteBuffer.wrap(object));
            if (head > 0 && head <= object.length) {
                blocks(out, PartHeader.BYTES, head, object.length);
                out.putInt(76, crc(object, 0, 76, PartHeader.BYTES, head));
            }
        } else if (kind == SEALED && object.length >= SealedEnd.BYTES) {
            int end = object.length - SealedEnd.BYTES;
            out.putLong(end, ID.epoch()).putInt(end + 8, ID.sequence());
            long length = out.getLong(end + 16);
            if (length >= 0 && length <= end) {
                blocks(out, (int) length, end, (int) length);
                out.putInt(end + 48, crc(object, (int) length, end + 48, 0, 0));
            }
        } else if (kind >= REGISTER && object.length >= 48) {
            out.putInt(40, crc(object, 0, 40, 48, object.length));
        }
    }

    /** One checksum, of the first block: inputs are shorter than two. Data lies behind the checksums, or before them. */
    private static void blocks(ByteBuffer out, int at, int end, int dataEnd) {
        if (at + Integer.BYTES <= end) {
            int from = dataEnd > at ? end : 0;
            out.putInt(at, crc(out.array(), from, Math.max(from, dataEnd), 0, 0));
        }
    }

    private static int crc(byte[] bytes, int from, int to, int andFrom, int andTo) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        crc.update(bytes, andFrom, andTo - andFrom);
        return (int) crc.getValue();
    }

    @Override
    public List<byte[]> seeds() {
        ByteBuffer data = ByteBuffer.wrap("some entries of a segment".repeat(9).getBytes());
        BlockChecksums.Builder builder = new BlockChecksums.Builder();
        builder.update(data);
        BlockChecksums checksums = builder.end();
        int length = data.remaining();
        ByteBuffer part = new PartHeader(ID, 1, 3, NONCE, 0, 0, length).encode(checksums);
        ByteBuffer fence = new PartHeader(ID, 1, 4, NONCE, 0, 0, 0).encode(new BlockChecksums.Builder().end());
        ByteBuffer end = new SealedEnd(ID, length, 100, NONCE).encode(checksums);
        ByteBuffer register = new RegisterObject(NONCE, 1, data.duplicate()).encode();
        return List.of(
                seed(PART, part, data),
                seed(PART | REPAIRED, part, data),
                seed(PART, fence),
                seed(SEALED, data, end),
                seed(SEALED | REPAIRED, data, end),
                seed(REGISTER, register),
                seed(REGISTER | REPAIRED, register));
    }

    private static byte[] seed(int flags, ByteBuffer... pieces) {
        ByteBuffer all = ByteBuffer.allocate(
                1 + Arrays.stream(pieces).mapToInt(ByteBuffer::remaining).sum());
        all.put((byte) flags);
        for (ByteBuffer piece : pieces) {
            all.put(piece.duplicate());
        }
        return all.array();
    }
}
