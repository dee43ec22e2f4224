package io.jwal.core.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.Durability;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.LogInspector;
import io.jwal.core.Verification;
import io.jwal.core.WalConfig;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import io.jwal.store.Register;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.LogMedium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A log on a medium, written, hurt and looked into. */
final class InspectedLog {
    final LogMedium medium;
    private WalConfig options;

    InspectedLog(LogMedium medium) {
        this.medium = medium;
        options = WalConfig.builder()
                .store(medium.open())
                .commitMaxDelay(Duration.ZERO)
                .segmentSize(ByteSize.ofKibibytes(4))
                .build();
    }

    InspectedLog segmentSize(ByteSize size) {
        options = options.toBuilder().segmentSize(size).build();
        return this;
    }

    InspectedLog durability(Durability mode) {
        options = options.toBuilder().durability(mode).build();
        return this;
    }

    WalConfig config() {
        return options.toBuilder().store(medium.open()).build();
    }

    Wal open() {
        return JWal.open(config());
    }

    WalReader reader() {
        return JWal.openReader(config());
    }

    /** Appends {@code e<index>} for a range of indexes, and closes cleanly. */
    InspectedLog write(int from, int to) {
        try (Wal wal = open()) {
            append(wal, from, to);
        }
        return this;
    }

    static void append(Wal wal, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> wal.append(("e" + i).getBytes(UTF_8)));
    }

    Verification verify() {
        try (LogInspector inspector = LogInspector.open(config())) {
            return inspector.verify((done, all) -> {});
        }
    }

    LogManifest manifest() {
        try (LogInspector inspector = LogInspector.open(config())) {
            return inspector.manifest();
        }
    }

    List<LogManifest.Segment> segments() {
        return manifest().segments();
    }

    /** Replaces a register's content, as something that is no writer of the log. */
    void rewrite(String register, UnaryOperator<ByteBuffer> change) throws IOException {
        try (Store store = claimed()) {
            Register found = store.readRegister(register).orElseThrow();
            store.writeRegister(register, found.version(), change.apply(copy(found.content())));
        }
    }

    /** A store that may be changed; the medium does not lock, so the claim lasts as long as the store. */
    Store claimed() throws IOException {
        Store store = medium.open();
        store.claimWriter();
        return store;
    }

    static ByteBuffer copy(ByteBuffer content) {
        ByteBuffer copy = ByteBuffer.allocate(content.remaining());
        return copy.put(content).flip();
    }
}
