package io.jwal.store.s3.simulator;

import io.jwal.store.LogManifest;
import io.jwal.store.s3.format.Keys;
import io.jwal.store.s3.format.PartHeader;
import io.jwal.store.s3.format.RegisterObject;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Looks at every deletion before it happens: no fence goes, nothing of a live log, nothing of a later writer. */
final class Deletions {
    private final Bucket bucket;
    private final Scheduler scheduler;
    private final Keys keys = new Keys("");

    Deletions(Bucket bucket, Scheduler scheduler) {
        this.bucket = bucket;
        this.scheduler = scheduler;
    }

    void check(Machine machine, String key) {
        Optional<byte[]> bytes = bucket.bytes(key);
        Keys.Named named = keys.parse(key).orElse(null);
        if (bytes.isEmpty() || named == null) {
            return;
        }
        if (!named.isSealed() && isFence(bytes.get())) {
            throw scheduler.violation(machine + " deletes the fence " + key, null);
        }
        if (named.segment().epoch() > machine.epoch()) {
            throw scheduler.violation(
                    machine + " of epoch " + machine.epoch() + " deletes " + key + " of a later writer", null);
        }
        manifest()
                .flatMap(now -> now.segments().stream()
                        .filter(segment -> segment.id().equals(named.segment()))
                        .findAny())
                .filter(segment -> !isSuperfluous(segment, named))
                .ifPresent(segment -> {
                    throw scheduler.violation(
                            machine + " deletes " + key + ", but the manifest calls it " + segment.state(), null);
                });
    }

    private static boolean isFence(byte[] bytes) {
        PartHeader.Decoded decoded = PartHeader.decode(ByteBuffer.wrap(bytes));
        return decoded != null && decoded.header().isFence();
    }

    private boolean isSuperfluous(LogManifest.Segment segment, Keys.Named named) {
        return segment.is(LogManifest.State.SEALED)
                && !named.isSealed()
                && bucket.bytes(keys.sealed(named.segment())).isPresent();
    }

    private Optional<LogManifest> manifest() {
        return bucket.bytes(keys.register(LogManifest.REGISTER)).map(bytes -> {
            RegisterObject register = RegisterObject.decode(ByteBuffer.wrap(bytes));
            if (register == null) {
                throw scheduler.violation("the manifest is damaged", null);
            }
            return LogManifest.decode(register.content());
        });
    }
}
