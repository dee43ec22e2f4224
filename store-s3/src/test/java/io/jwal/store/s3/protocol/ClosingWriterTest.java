package io.jwal.store.s3.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.s3.objects.RequestThreads;
import io.jwal.store.s3.simulator.Bucket;
import io.jwal.store.s3.simulator.BucketStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A claim ends only when nothing of its writer is under way, so a writer that is closed waits for what it sent. */
@Timeout(30)
class ClosingWriterTest {
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch second = new CountDownLatch(1);
    private volatile boolean secondIsBack;

    private Store open() {
        return new S3Store(
                new BucketStorage(new Bucket(), new HeldParts()),
                new RequestThreads(4),
                Stores.settings("log/", 0),
                Stores.context());
    }

    @Test
    void waitsForThePartBehindOneThatFailed() throws Exception {
        try (Store store = open()) {
            store.claimWriter();
            SegmentWriter writer = store.createSegment(new SegmentId(1, 1), 0);
            writer.append(ByteBuffer.allocate(1));
            writer.syncAsync();
            writer.append(ByteBuffer.allocate(1));
            CompletableFuture<Long> behind = writer.syncAsync();
            first.countDown();
            assertThatThrownBy(behind::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("the endpoint is down");
            FutureTask<Boolean> closing = new FutureTask<>(() -> {
                writer.close();
                return secondIsBack;
            });
            Thread thread = new Thread(closing);
            thread.start();
            await().until(() -> closing.isDone() || thread.getState() == Thread.State.WAITING);
            second.countDown();
            assertThat(closing.get()).isTrue();
        }
    }

    /** Holds the first two parts; the first one fails then. */
    private final class HeldParts implements BucketStorage.Wire {
        @Override
        public <T> T carry(String kind, String key, Supplier<T> call) throws IOException {
            if (kind.equals("PUT") && key.endsWith("00000001.part")) {
                pass(first);
                throw new IOException("the endpoint is down");
            }
            if (kind.equals("PUT") && key.endsWith("00000002.part")) {
                pass(second);
                secondIsBack = true;
            }
            return call.get();
        }

        private static void pass(CountDownLatch gate) throws IOException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
