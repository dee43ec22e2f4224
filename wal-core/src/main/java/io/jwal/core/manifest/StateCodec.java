package io.jwal.core.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.CorruptLogException;
import io.jwal.UnsupportedFormatException;
import io.jwal.core.format.Checks;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The register {@code state}; {@code docs/format.md} has its bytes. */
public enum StateCodec implements RegisterCodec<LogState> {
    /** The one there is. */
    STATE;

    private static final long MAGIC = 0x314154534C41574AL; // "JWALSTA1"
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 32;
    private static final int CRC_BYTES = 4;

    @Override
    public String registerName() {
        return "state";
    }

    @Override
    public ByteBuffer encode(LogState state) {
        int length = FIXED_BYTES + CRC_BYTES;
        for (String name : state.consumers().keySet()) {
            length += Integer.BYTES + name.getBytes(UTF_8).length + Long.BYTES;
        }
        for (Map.Entry<String, byte[]> property : state.properties().entrySet()) {
            length += 2 * Integer.BYTES + property.getKey().getBytes(UTF_8).length + property.getValue().length;
        }
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putInt(VERSION).putInt(length).putLong(state.epoch());
        out.putInt(state.consumers().size()).putInt(state.properties().size());
        state.consumers().forEach((name, position) -> {
            putBytes(out, name.getBytes(UTF_8));
            out.putLong(position);
        });
        state.properties().forEach((name, value) -> {
            putBytes(out, name.getBytes(UTF_8));
            putBytes(out, value);
        });
        return out.putInt(Checks.crc(out.array(), 0, out.position())).flip();
    }

    @Override
    public LogState decode(ByteBuffer content) {
        ByteBuffer in = content.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < FIXED_BYTES + CRC_BYTES || in.getLong() != MAGIC) {
            throw corrupt("it does not begin like one", null);
        }
        int version = in.getInt();
        int length = in.getInt();
        int crcAt = in.limit() - CRC_BYTES;
        if (version < 1 || length != in.limit() || in.getInt(crcAt) != Checks.crc(in.slice(0, crcAt))) {
            throw corrupt("its length or its checksum does not match", null);
        }
        // After length and checksum, which every version has in the same places: rot is not a newer format.
        if (version > VERSION) {
            throw new UnsupportedFormatException("the register \"state\"", version, VERSION);
        }
        in.limit(crcAt);
        try {
            return decodeFields(in);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw corrupt("its checksum is right, its content is not", e);
        }
    }

    private static LogState decodeFields(ByteBuffer in) {
        long epoch = in.getLong();
        int consumerCount = in.getInt();
        int propertyCount = in.getInt();
        TreeMap<String, Long> consumers = new TreeMap<>();
        for (int i = 0; i < consumerCount; i++) {
            consumers.put(new String(bytes(in), UTF_8), in.getLong());
        }
        TreeMap<String, byte[]> properties = new TreeMap<>();
        for (int i = 0; i < propertyCount; i++) {
            properties.put(new String(bytes(in), UTF_8), bytes(in));
        }
        if (consumerCount < 0 || propertyCount < 0 || in.hasRemaining()) {
            throw new IllegalArgumentException("counts of " + consumerCount + " and " + propertyCount);
        }
        return new LogState(epoch, consumers, properties);
    }

    @Override
    public long epoch(LogState state) {
        return state.epoch();
    }

    @Override
    public LogState withEpoch(LogState state, long epoch) {
        return new LogState(epoch, state.consumers(), state.properties());
    }

    private static void putBytes(ByteBuffer out, byte[] bytes) {
        out.putInt(bytes.length).put(bytes);
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a length of " + length);
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static CorruptLogException corrupt(String what, @Nullable Throwable cause) {
        return new CorruptLogException(
                "consumers' positions and properties (register \"state\") are damaged: " + what
                        + "; restore this register from a backup, nothing else was touched",
                cause);
    }
}
