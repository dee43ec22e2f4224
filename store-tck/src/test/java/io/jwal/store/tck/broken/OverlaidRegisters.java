package io.jwal.store.tck.broken;

import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Registers kept beside the medium, for mistakes that a sound store cannot be wrapped into. */
class OverlaidRegisters {
    final Map<String, Register> values = new HashMap<>();
    private long writes;

    Store over(Store sound) {
        return new ForwardingStore(sound) {
            @Override
            public Optional<Register> readRegister(String name) throws IOException {
                synchronized (values) {
                    sound.readRegister(name);
                    return Optional.ofNullable(values.get(name));
                }
            }

            @Override
            public Register writeRegister(String name, @Nullable Version expected, ByteBuffer content)
                    throws IOException {
                byte[] copy = new byte[content.remaining()];
                content.get(copy);
                synchronized (values) {
                    sound.readRegister(name);
                    touch(sound);
                    Register current = values.get(name);
                    if (current == null ? expected != null : !current.version().equals(expected)) {
                        throw new VersionConflictException("another version than " + expected);
                    }
                    Register written = new Register(next(current, copy), ByteBuffer.wrap(copy));
                    values.put(name, written);
                    return written;
                }
            }
        };
    }

    /** The version of a new value. */
    Version next(@Nullable Register current, byte[] content) {
        return new Version("overlaid " + ++writes);
    }

    /** Lets planned faults happen. */
    private static void touch(Store sound) throws IOException {
        Version version = sound.readRegister("beside").map(Register::version).orElse(null);
        sound.writeRegister("beside", version, ByteBuffer.allocate(0));
    }
}
