package io.jwal.store.tck.broken;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.tck.CrashStoreContractTest;
import java.io.IOException;
import java.time.Duration;

/** The contract's tests on a store with one mistake: a subclass wraps the store, its writers or its readers. */
abstract class BrokenStore extends CrashStoreContractTest {
    @Override
    protected Store open() throws IOException {
        return store(new ForwardingStore(super.open()) {
            @Override
            SegmentWriter wrap(SegmentId id, SegmentWriter writer) {
                return writer(id, writer);
            }

            @Override
            SegmentReader wrap(SegmentId id, SegmentReader reader) throws IOException {
                return reader(id, reader);
            }
        });
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(2);
    }

    Store store(Store sound) throws IOException {
        return sound;
    }

    SegmentWriter writer(SegmentId id, SegmentWriter sound) {
        return sound;
    }

    SegmentReader reader(SegmentId id, SegmentReader sound) throws IOException {
        return sound;
    }
}
