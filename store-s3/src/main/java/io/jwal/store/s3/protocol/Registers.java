package io.jwal.store.s3.protocol;

import io.jwal.store.Register;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreException;
import io.jwal.store.Version;
import io.jwal.store.VersionConflictException;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.Nonce;
import io.jwal.store.s3.format.RegisterObject;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.IoCall;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.ObjectKind;
import io.jwal.store.s3.objects.ObjectStorage;
import io.jwal.store.s3.objects.Requests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Registers, each one object. Its entity tag is its version: every write carries the opener's nonce and a number of its
 * own, so that no two values ever have the same tag, and a write whose answer was lost is found out by reading back.
 */
final class Registers {
    private final ObjectStorage storage;
    private final Requests requests;
    private final Keys keys;
    private final Nonce opener = Nonce.random();
    private final AtomicLong writes = new AtomicLong();
    private final Map<String, Register> known = new ConcurrentHashMap<>();

    private record Found(RegisterObject value, Register register) {}

    Registers(ObjectStorage storage, Requests requests, Keys keys) {
        this.storage = storage;
        this.requests = requests;
        this.keys = keys;
    }

    Optional<Register> read(String name) throws IOException {
        String key = keys.register(name);
        Register last = known.get(name);
        Fetched fetched = fetch(() -> last == null
                ? storage.get(key, whole())
                : storage.getIfChanged(key, whole(), last.version().token()));
        if (fetched instanceof Fetched.Unchanged) {
            return Optional.ofNullable(last);
        }
        Optional<Register> register = found(key, fetched).map(Found::register);
        register.ifPresentOrElse(now -> known.put(name, now), () -> known.remove(name));
        return register;
    }

    private Fetched fetch(IoCall<Fetched> ask) throws IOException {
        return requests.call(() -> Fetched.verified(ask, found -> decode(found) != null));
    }

    private static @Nullable RegisterObject decode(Fetched.Found found) {
        return found.size() == found.bytes().remaining() ? RegisterObject.decode(found.bytes()) : null;
    }

    private static ByteRange whole() {
        return new ByteRange(0, RegisterObject.MAX_BYTES);
    }

    private Optional<Found> found(String key, Fetched fetched) throws StoreCorruptException {
        if (!(fetched instanceof Fetched.Found found)) {
            return Optional.empty();
        }
        RegisterObject value = decode(found);
        if (value == null) {
            throw new StoreCorruptException(storage.describe(key) + " is no register of a log, at a length of "
                    + found.size()
                    + " bytes: its checksum does not match, asked " + Fetched.ASKS
                    + " times; restore the object from a version or a backup");
        }
        return Optional.of(new Found(value, new Register(new Version(found.tag()), value.content())));
    }

    Register write(String name, @Nullable Version expected, ByteBuffer content) throws IOException {
        String key = keys.register(name);
        if (content.remaining() > RegisterObject.MAX_CONTENT) {
            throw new IllegalArgumentException("a register holds at most " + RegisterObject.MAX_CONTENT
                    + " bytes, but got " + content.remaining());
        }
        ByteBuffer copy =
                ByteBuffer.allocate(content.remaining()).put(content).flip().asReadOnlyBuffer();
        RegisterObject value = new RegisterObject(opener, writes.incrementAndGet(), copy);
        ObjectBody body = ObjectBody.of(value.encode());
        Optional<String> tag = requests.call(() -> expected == null
                ? storage.putIfAbsent(key, body, ObjectKind.WORKING)
                : storage.putIfMatch(key, expected.token(), body));
        Register written =
                tag.isPresent() ? new Register(new Version(tag.get()), copy) : ownOrConflict(key, expected, value);
        known.put(name, written);
        return written;
    }

    /** The condition did not hold: somebody else was faster, or an earlier attempt of this write. */
    private Register ownOrConflict(String key, @Nullable Version expected, RegisterObject mine) throws IOException {
        Optional<Found> now = found(key, fetch(() -> storage.get(key, whole())));
        if (now.isEmpty()) {
            if (expected != null) {
                throw new StoreCorruptException(storage.describe(key)
                        + " is gone, though a value of it was there; nobody but the log may delete below its prefix:"
                        + " restore the object from a version or a backup");
            }
            throw new StoreException(storage.describe(key)
                    + " was there and is gone; whether it was written is unknown: open the log again to see");
        }
        if (now.get().value().isSameWrite(mine)) {
            return now.get().register();
        }
        throw new VersionConflictException(
                storage.describe(key) + " has another value than the expected one: another writer has written it");
    }
}
