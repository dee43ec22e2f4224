package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.core.format.Layout;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.segment.ReadableSegment;
import io.jwal.store.LogManifest;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.StoreException;
import io.jwal.store.tck.simulator.CrashMedium;
import io.jwal.store.tck.simulator.Fault;
import io.jwal.store.tck.simulator.StoreOperation;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentAppenderTest {
    private static final SegmentId ID = new SegmentId(1, 1);
    private static final long SALT = 77;
    private static final SegmentHeader HEADER = new SegmentHeader(ID, 1_000, SALT);

    private final CrashMedium medium = new CrashMedium();
    private final Store store = medium.open();

    @BeforeEach
    void claim() throws IOException {
        store.claimWriter();
    }

    private SegmentAppender create() throws IOException {
        return SegmentAppender.create(store, HEADER, 200);
    }

    private long size() throws IOException {
        try (var reader = medium.open().openSegment(ID)) {
            return reader.size();
        }
    }

    @Test
    void aNewSegmentHasAHeaderThatIsDurable() throws Exception {
        SegmentAppender appender = create();
        assertThat(appender.id()).isEqualTo(ID);
        assertThat(appender.created()).isEqualTo(1_000);
        assertThat(appender.position()).isEqualTo(SegmentHeader.BYTES);
        assertThat(appender.syncs()).isZero();
        assertThat(appender.named()).isEqualTo(LogManifest.Segment.open(ID, SALT));
        medium.crashLosingUnsynced();
        assertThat(size()).isEqualTo(SegmentHeader.BYTES);
    }

    @Test
    void oneThatCannotBeMadeLeavesNothingBehind() throws Exception {
        medium.faults().fail(StoreOperation.APPEND, 1, Fault.full());
        assertThatThrownBy(this::create).isInstanceOf(IOException.class);
        assertThat(store.listSegments()).isEmpty();
    }

    @Test
    void oneThatCannotBeRemovedEitherSaysBoth() {
        medium.faults().fail(StoreOperation.SYNC, 1, Fault.full());
        medium.faults().fail(StoreOperation.DELETE, 1, Fault.ioError());
        assertThatThrownBy(this::create)
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void syncsAreCountedHoweverTheyCome() throws Exception {
        SegmentAppender appender = create();
        appender.append(Batches.of(1).buffer(), 1, 0, 5, true);
        assertThat(appender.syncs()).isEqualTo(1);
        appender.append(Batches.of(2).buffer(), 2, 1, 6, false);
        assertThat(appender.syncs()).isEqualTo(1);
        appender.sync();
        assertThat(appender.syncs()).isEqualTo(2);
        long synced =
                appender.appendAndSyncLater(Batches.of(3).buffer(), 3, 2, 7).get(30, TimeUnit.SECONDS);
        assertThat(appender.syncs()).isEqualTo(3);
        assertThat(synced).isEqualTo(appender.position());
    }

    @Test
    void onlyWhatIsSyncedSurvives() throws Exception {
        SegmentAppender appender = create();
        appender.append(Batches.of(1).buffer(), 1, 0, 5, true);
        long first = appender.position();
        appender.append(Batches.of(2).buffer(), 2, 1, 6, false);
        appender.sync();
        long second = appender.position();
        appender.append(Batches.of(3).buffer(), 3, 2, 7, false);
        assertThat(appender.position()).isGreaterThan(second);
        assertThat(second).isGreaterThan(first);
        medium.crashLosingUnsynced();
        assertThat(size()).isEqualTo(second);
    }

    @Test
    void whatWasAppendedIsReadAtOnce() throws Exception {
        SegmentAppender appender = create();
        appender.append(Batches.of(1).buffer(), 1, 0, 5, false);
        assertThat(appender.readable().read(1)).asString().isEqualTo("e1");
        appender.appendAndSyncLater(Batches.of(2).buffer(), 2, 0, 5).get(30, TimeUnit.SECONDS);
        assertThat(appender.index().lastIndex()).isEqualTo(2);
        assertThat(appender.readable().read(2)).asString().isEqualTo("e2");
    }

    @Test
    void theManifestNamesWhatASealedSegmentHolds() throws Exception {
        SegmentAppender appender = create();
        appender.append(Batches.of(4).buffer(), 4, 3, 50, true);
        appender.append(Batches.of(5).buffer(), 5, 4, 60, true);
        long batches = appender.position();
        appender.seal();
        assertThat(size()).as("index and trailer come behind").isGreaterThan(batches);
        assertThat(appender.sealed())
                .isEqualTo(new LogManifest.Segment(ID, SALT, LogManifest.State.SEALED, 4, 5, size(), 50, 60));
        ReadableSegment sealed = ReadableSegment.sealed(store, appender.sealed());
        assertThat(sealed.read(5)).asString().isEqualTo("e5");
        sealed.release();
    }

    @Test
    void excessIsWhatGoesBeyondTheExpectation() throws Exception {
        SegmentAppender appender = create();
        assertThat(appender.excess()).isEqualTo(SegmentHeader.BYTES - 200);
        append(appender, 1, 1000);
        assertThat(appender.excess()).isEqualTo(appender.position() - 200).isPositive();
    }

    private static void append(SegmentAppender appender, long firstIndex, int bytes) throws IOException {
        BatchBuffer batch = new BatchBuffer();
        Contents contents = Contents.of(new byte[bytes]);
        contents.fill(batch.reserve(1, bytes));
        appender.append(batch, firstIndex, 0, 0, false);
    }

    @Test
    void isFullWithAsManyEntriesAsOneMayHold() throws Exception {
        SegmentAppender appender = create();
        append(appender, 1, 0);
        assertThat(appender.isFull()).isFalse();
        assertThat(appender.hasRoom(Batches.of(2).buffer())).isTrue();
        BatchBuffer rest = new BatchBuffer();
        byte[][] entries = new byte[Layout.MAX_ENTRIES - 1][0];
        Contents.of(entries).fill(rest.reserve(entries.length, 0));
        appender.append(rest, 2, 0, 0, false);
        assertThat(appender.isFull()).isTrue();
        assertThat(appender.hasRoom(Batches.of(2).buffer())).isFalse();
    }

    @Test
    void lettingGoClosesWhatIsWrittenAndWhatIsRead() throws Exception {
        SegmentAppender appender = create();
        ReadableSegment readable = appender.readable();
        appender.release();
        assertThat(readable.acquire()).isFalse();
        assertThatThrownBy(appender::sync).isInstanceOf(StoreException.class);
    }

    @Test
    void whatIsReadStaysWhenTheWriterIsClosed() throws Exception {
        SegmentAppender appender = create();
        appender.append(Batches.of(1).buffer(), 1, 0, 5, true);
        appender.closeWriter();
        assertThat(appender.readable().read(1)).asString().isEqualTo("e1");
        assertThatThrownBy(appender::sync).isInstanceOf(StoreException.class);
    }
}
