package io.jwal.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.core.format.BatchHeader;
import io.jwal.core.format.SegmentHeader;
import io.jwal.core.segment.BatchWalk;
import io.jwal.store.SegmentId;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.CrashMedium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy keeps indexes, times and batches, and cuts the first and the last batch where it is told to. */
class SegmentCopyTest {
    private static final SegmentId SOURCE = new SegmentId(1, 1);

    private final CrashMedium medium = new CrashMedium();
    private final Store store = medium.open();
    private final List<Long> asked = new ArrayList<>();
    private SegmentAppender source;
    private SegmentAppender copied;

    @BeforeEach
    void fill() throws IOException {
        store.claimWriter();
        source = create(1);
        copied = create(2);
        batch(10, 3, 100);
        batch(13, 1, 200);
        batch(14, 2, 300);
    }

    private SegmentAppender create(int sequence) throws IOException {
        return SegmentAppender.create(store, new SegmentHeader(new SegmentId(1, sequence), 0, sequence), 0);
    }

    private void batch(long first, int count, long time) throws IOException {
        byte[][] entries = new byte[count][];
        for (int i = 0; i < count; i++) {
            entries[i] = new byte[] {(byte) (first + i), 1};
        }
        Contents contents = Contents.of(entries);
        BatchBuffer buffer = new BatchBuffer();
        contents.fill(buffer.reserve(count, contents.bytes()));
        source.append(buffer, first, 0, time, true);
    }

    private void copy(long first, long last) throws IOException {
        SegmentCopy copy = new SegmentCopy(
                bytes -> {
                    asked.add(bytes);
                    return copied;
                },
                9);
        copy.copy(source.readable(), first, last);
    }

    /** What was copied: each batch as {@code first-last at time}. */
    private List<String> batches() throws IOException {
        List<String> found = new ArrayList<>();
        BatchWalk walk = new BatchWalk(copied.readable());
        long next = copied.index().firstIndex();
        while (next <= copied.index().lastIndex()) {
            BatchHeader header = walk.seek(next);
            assertThat(header).isNotNull();
            assertThat(header.durableIndex()).isEqualTo(9);
            found.add(header.firstIndex() + "-" + header.lastIndex() + " at " + header.time());
            for (long index = next; index <= header.lastIndex(); index++) {
                assertThat(copied.readable().read(index)).containsExactly((byte) index, 1);
            }
            next = header.lastIndex() + 1;
        }
        return found;
    }

    @Test
    void copiesEverything() throws Exception {
        copy(10, 15);
        assertThat(batches()).containsExactly("10-12 at 100", "13-13 at 200", "14-15 at 300");
        assertThat(asked.stream().mapToLong(Long::longValue).sum()).isEqualTo(copied.position() - SegmentHeader.BYTES);
    }

    @Test
    void copiesPartsOfTheFirstAndTheLastBatch() throws Exception {
        copy(11, 14);
        assertThat(batches()).containsExactly("11-12 at 100", "13-13 at 200", "14-14 at 300");
    }

    @Test
    void copiesOneEntry() throws Exception {
        copy(11, 11);
        assertThat(batches()).containsExactly("11-11 at 100");
    }

    @Test
    void refusesABatchThatDoesNotVerify() throws Exception {
        medium.flip(SOURCE, SegmentHeader.BYTES + 8, 1);
        assertThatThrownBy(() -> copy(10, 15))
                .isInstanceOfSatisfying(
                        CorruptLogException.class, e -> assertThat(e.index()).hasValue(10));
        assertThat(asked).isEmpty();
    }
}
