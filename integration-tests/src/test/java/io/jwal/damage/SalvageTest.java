package io.jwal.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.Cursor;
import io.jwal.TruncatedException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.format.Bytes;
import io.jwal.format.RegisterBytes;
import io.jwal.format.SegmentBytes;
import io.jwal.store.LogManifest;
import io.jwal.store.LogManifest.State;
import io.jwal.store.file.HeapDisk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Salvage keeps the longest sound prefix, and every damaged byte. */
@ExtendWith(Quiet.class)
class SalvageTest {
    private final LogImage sound = LogImage.unsealed();
    private final String segment = sound.segments().get(0);
    private final List<SegmentBytes.Batch> batches =
            new SegmentBytes(sound.files().get(segment)).batches();

    private LogImage hurtIn(int batch) {
        return sound.with(segment, bytes -> {
            bytes[batches.get(batch).offset() + SegmentBytes.BATCH_HEADER + 4] ^= 1;
            return bytes;
        });
    }

    private static LogManifest manifest(HeapDisk disk) {
        return LogManifest.decode(Bytes.of(RegisterBytes.content(disk.files().get(LogImage.MANIFEST))));
    }

    private void assertPrefix(WalReader log, long last) {
        for (long index = 1; index <= last; index++) {
            assertThat(log.read(index)).isEqualTo(sound.entries().get(index));
        }
    }

    @Test
    void whereverTheDamageIsThePrefixBeforeItIsKeptAndTheOriginalToo() {
        for (int batch = 0; batch < batches.size(); batch++) {
            LogImage hurt = hurtIn(batch);
            long kept = batches.get(batch).firstIndex() - 1;
            HeapDisk disk = new HeapDisk(hurt.files());
            assertThatThrownBy(() -> JWal.open(LogImage.config(disk).build())).isInstanceOf(CorruptLogException.class);
            try (Wal wal = JWal.open(LogImage.salvaging(disk))) {
                assertThat(wal.lastIndex()).isEqualTo(kept);
                assertThat(wal.durableIndex()).isEqualTo(kept);
                assertPrefix(wal, kept);
                assertThat(wal.append("new".getBytes(StandardCharsets.UTF_8))).isEqualTo(kept + 1);
            }
            assertThat(disk.files().get(segment)).isEqualTo(hurt.files().get(segment));
            assertThat(manifest(disk).segments(State.QUARANTINED)).hasSize(1);
            // Again, and without salvage: what was damaged is no part of the log any more.
            try (Wal wal = JWal.open(LogImage.config(disk).build())) {
                assertThat(wal.lastIndex()).isEqualTo(kept + 1);
                wal.append(new byte[0]);
            }
            try (WalReader reader = JWal.openReader(LogImage.config(disk).build())) {
                assertPrefix(reader, kept);
                assertThat(reader.read(kept + 1)).isEqualTo("new".getBytes(StandardCharsets.UTF_8));
                assertThat(reader.lastIndex()).isEqualTo(kept + 2);
            }
            assertThat(disk.files().get(segment)).isEqualTo(hurt.files().get(segment));
            assertThat(manifest(disk).segments(State.QUARANTINED)).hasSize(1);
        }
    }

    @Test
    void aReaderThatFollowsSeesTheCut() {
        HeapDisk disk = new HeapDisk(hurtIn(30).files());
        long kept = batches.get(30).firstIndex() - 1;
        try (WalReader reader = JWal.openReader(LogImage.config(disk).build());
                Cursor cursor = reader.cursor(1)) {
            for (long index = 1; index <= kept; index++) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.entryBytes()).isEqualTo(sound.entries().get(index));
            }
            assertThatThrownBy(cursor::next).isInstanceOf(CorruptLogException.class);
            try (Wal wal = JWal.open(LogImage.salvaging(disk))) {
                wal.append(new byte[] {42});
                assertThat(reader.lastIndex()).isEqualTo(kept + 1);
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.index()).isEqualTo(kept + 1);
                assertThat(cursor.entryBytes()).isEqualTo(new byte[] {42});
            }
        } catch (TruncatedException e) {
            assertThat(e.index()).isEqualTo(kept + 1);
        }
    }

    @Test
    void aSegmentThatIsGoneLeavesAnEmptyLogThatGoesOn() {
        HeapDisk disk = new HeapDisk(sound.without(segment).files());
        try (Wal wal = JWal.open(LogImage.salvaging(disk))) {
            assertThat(wal.isEmpty()).isTrue();
            assertThat(wal.append(new byte[] {1})).isEqualTo(1);
        }
        try (Wal wal = JWal.open(LogImage.config(disk).build())) {
            assertThat(wal.lastIndex()).isEqualTo(1);
        }
    }

    @Test
    void aMissingExpectedIndexIsSalvagedToo() {
        LogImage shorter = sound.without(LogImage.WATERMARK).with(segment, bytes -> {
            Arrays.fill(bytes, batches.get(batches.size() - 1).offset(), bytes.length, (byte) 0);
            return bytes;
        });
        HeapDisk disk = new HeapDisk(shorter.files());
        var expecting = io.jwal.core.OpenOption.expectLastIndex(sound.last());
        assertThatThrownBy(() -> JWal.open(LogImage.config(disk).build(), expecting))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("expectLastIndex");
        try (Wal wal = JWal.open(LogImage.salvaging(disk), expecting)) {
            assertThat(wal.lastIndex()).isEqualTo(sound.beforeLastCommit());
            assertPrefix(wal, sound.beforeLastCommit());
        }
    }
}
