package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.Wal;
import io.jwal.WalException;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.FakeS3;
import io.jwal.s3.servers.Fault;
import io.jwal.s3.servers.FaultRule;
import io.jwal.store.ByteSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A writer that ends between any two of its requests leaves what it had done, and the next change whole or not at all. */
@Timeout(900)
class CrashedWriterTest {
    private static final int ENTRY_BYTES = 900;
    private static final Duration SOON = Duration.ofMillis(200);

    /**
     * What a log holds.
     *
     * @param first the first index
     * @param entries their contents' first bytes
     */
    private record Content(long first, List<Byte> entries) {
        static final Content EMPTY = new Content(1, List.of());

        Content with(byte... more) {
            List<Byte> all = new ArrayList<>(entries);
            for (byte each : more) {
                all.add(each);
            }
            return new Content(first, List.copyOf(all));
        }

        Content from(long index) {
            return new Content(index, entries.subList((int) (index - first), entries.size()));
        }

        Content to(long index) {
            return new Content(first, entries.subList(0, (int) (index - first + 1)));
        }

        static Content of(Wal wal) {
            List<Byte> entries = new ArrayList<>();
            for (long index = wal.firstIndex(); index <= wal.lastIndex(); index++) {
                byte[] entry = wal.read(index);
                assertThat(entry).containsOnly(entry[0]).hasSize(ENTRY_BYTES);
                entries.add(entry[0]);
            }
            return new Content(wal.firstIndex(), List.copyOf(entries));
        }
    }

    /** What the writer does, and what the log holds before and after each step. */
    private static final class Scenario {
        private Content done = Content.EMPTY;
        private Content next = Content.EMPTY;

        private void step(Content after, Runnable step) {
            next = after;
            step.run();
            done = after;
        }

        void run(Wal wal) {
            byte value = 1;
            for (int i = 0; i < 7; i++, value++) {
                append(wal, value);
            }
            step(done.with(value, value), () -> wal.appendAll(List.of(entry((byte) 8), entry((byte) 8))));
            step(done.from(4), () -> wal.truncateBefore(4));
            append(wal, (byte) 10);
            step(done.to(6), () -> wal.truncateAfter(6));
            append(wal, (byte) 11);
            append(wal, (byte) 12);
            step(done, () -> wal.setProperty("term", new byte[] {1}));
            step(done, wal::close);
        }

        private void append(Wal wal, byte value) {
            step(done.with(value), () -> wal.append(entry(value)));
        }
    }

    private static byte[] entry(byte value) {
        byte[] entry = new byte[ENTRY_BYTES];
        Arrays.fill(entry, value);
        return entry;
    }

    @Test
    void betweenAnyTwoRequests() throws IOException {
        try (FakeS3 server = FakeS3.start()) {
            int crashes = 0;
            while (crashesAt(server, crashes + 1)) {
                crashes++;
            }
            System.out.println(crashes + " crashes, each one request later");
            assertThat(crashes).isGreaterThan(50);
        }
    }

    /** Whether there was such a request at all. */
    private static boolean crashesAt(FakeS3 server, int request) {
        String bucket = "crash-" + request;
        server.createBucket(bucket);
        server.faults().add(FaultRule.on().nth(request).forGood(), Fault.dropRequest());
        long injected = server.faults().injected();
        Scenario scenario = new Scenario();
        boolean crashed = false;
        try (Wal wal = JWal.open(config(server, bucket, SOON))) {
            scenario.run(wal);
        } catch (WalException e) {
            crashed = true;
        }
        boolean met = server.faults().injected() > injected;
        server.faults().clear();
        WalConfig calm = config(server, bucket, Duration.ofMinutes(1));
        try (Wal wal = JWal.open(calm)) {
            Content found = Content.of(wal);
            assertThat(found).as("after a crash at request %d", request).isIn(scenario.done, scenario.next);
            assertThat(wal.append(entry((byte) 99)))
                    .isEqualTo(found.first() + found.entries().size());
            assertThat(Content.of(wal)).isEqualTo(found.with((byte) 99));
        }
        return crashed || met;
    }

    private static WalConfig config(FakeS3 server, String bucket, Duration timeout) {
        return S3Logs.config(S3Logs.hasty(server, bucket, "orders", timeout, timeout))
                .segmentSize(ByteSize.ofKibibytes(4))
                .build();
    }
}
