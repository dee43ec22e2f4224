package io.jwal.store.s3.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.s3.objects.IoAction;
import io.jwal.store.s3.objects.RequestThreads;
import io.jwal.store.s3.simulator.Bucket;
import io.jwal.store.s3.simulator.BucketStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts of a segment go while they are read, for it is sealed now. */
class SealedUnderReaderTest {
    private static final SegmentId ID = new SegmentId(1, 1);
    private static final int PART = 100;
    private static final int AT = 5;

    private final Bucket bucket = new Bucket();
    private volatile @Nullable IoAction beforeSecondPart;

    private Store open() {
        return new S3Store(
                new BucketStorage(bucket, new Hook()),
                new RequestThreads(4),
                Stores.settings("log/", 0),
                Stores.context());
    }

    /** What was filled from a part is filled again, from the start. */
    @Test
    void aReadThatHasBegunGoesOnInTheSealedSegment() throws IOException {
        byte[] content = new byte[3 * PART];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }
        try (Store writing = open();
                Store reading = open()) {
            writing.claimWriter();
            SegmentWriter writer = writing.createSegment(ID, 0);
            for (int from = 0; from < content.length; from += PART) {
                writer.appendAndSync(ByteBuffer.wrap(content, from, PART));
            }
            try (SegmentReader reader = reading.openSegment(ID)) {
                beforeSecondPart = () -> {
                    beforeSecondPart = null;
                    writer.seal();
                    writer.close();
                    bucket.keys().stream().filter(key -> key.endsWith(".part")).forEach(bucket::remove);
                };
                ByteBuffer target = ByteBuffer.allocate(AT + content.length + 1).position(AT);
                assertThat(reader.read(0, target)).isEqualTo(content.length);
                assertThat(beforeSecondPart).as("sealed within the read").isNull();
                assertThat(target.position()).isEqualTo(AT + content.length);
                assertThat(target.slice(AT, content.length)).isEqualTo(ByteBuffer.wrap(content));
            }
        }
    }

    private final class Hook implements BucketStorage.Wire {
        @Override
        public <T> T carry(String kind, String key, Supplier<T> call) throws IOException {
            IoAction action = beforeSecondPart;
            if (action != null && kind.equals("GET") && key.endsWith("00000002.part")) {
                action.run();
            }
            return call.get();
        }
    }
}
