package io.jwal.core.manifest;

import io.jwal.store.LogManifest;
import java.nio.ByteBuffer;

/** The register {@code manifest}: {@link LogManifest} writes itself. */
public enum ManifestCodec implements RegisterCodec<LogManifest> {
    /** The one there is. */
    MANIFEST;

    @Override
    public String registerName() {
        return LogManifest.REGISTER;
    }

    @Override
    public LogManifest decode(ByteBuffer content) {
        return LogManifest.decode(content);
    }

    @Override
    public ByteBuffer encode(LogManifest value) {
        return value.encode();
    }

    @Override
    public long epoch(LogManifest value) {
        return value.epoch();
    }

    @Override
    public LogManifest withEpoch(LogManifest manifest, long epoch) {
        return new LogManifest(
                epoch,
                manifest.firstIndex(),
                manifest.durableIndex(),
                manifest.cutCounter(),
                manifest.cuts(),
                manifest.segments());
    }
}
