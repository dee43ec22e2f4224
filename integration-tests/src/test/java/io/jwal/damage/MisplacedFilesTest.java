package io.jwal.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.CorruptLogException;
import io.jwal.Cursor;
import io.jwal.UnsupportedFormatException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.format.Bytes;
import io.jwal.format.RegisterBytes;
import io.jwal.format.SegmentBytes;
import io.jwal.store.SegmentId;
import io.jwal.store.file.HeapDisk;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are missing, empty, exchanged, of another log or of a later version. */
@ExtendWith(Quiet.class)
class MisplacedFilesTest {
    private final LogImage unsealed = LogImage.unsealed();
    private final LogImage sealed = LogImage.sealed();
    private final LogImage longer = LogImage.longer();

    private static WalReader reader(LogImage log) {
        return JWal.openReader(LogImage.config(new HeapDisk(log.files())).build());
    }

    private static Wal writer(LogImage log) {
        return JWal.open(LogImage.config(new HeapDisk(log.files())).build());
    }

    private static void assertRefused(LogImage log, Class<? extends Exception> type) {
        assertThatThrownBy(() -> writer(log)).isInstanceOf(type);
        assertThatThrownBy(() -> {
                    try (WalReader reader = reader(log);
                            Cursor cursor = reader.cursor(reader.firstIndex())) {
                        assertThat(cursor.next()).isTrue();
                    }
                })
                .isInstanceOf(type);
    }

    /** A sealed segment is looked at when it is read. The log opens; of that segment nothing is answered. */
    private static void assertUnreadable(LogImage log, String segment, Class<? extends Exception> type) {
        SegmentId id = SegmentId.parse(segment.substring("segments/".length(), segment.lastIndexOf('.')));
        var named = log.manifest().segments().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        try (Wal wal = writer(log);
                WalReader reader = reader(log)) {
            for (WalReader opened : List.of(wal, reader)) {
                assertThat(opened.lastIndex()).isEqualTo(log.last());
                for (long index = 1; index <= log.last(); index++) {
                    long wanted = index;
                    if (index < named.firstIndex() || index > named.lastIndex()) {
                        assertThat(opened.read(index)).isEqualTo(log.entries().get(index));
                    } else {
                        assertThatThrownBy(() -> opened.read(wanted)).isInstanceOf(type);
                    }
                }
            }
        }
    }

    @Test
    void aSegmentThatIsMissing() {
        assertRefused(unsealed.without(unsealed.segments().get(0)), CorruptLogException.class);
        assertUnreadable(
                longer.without(longer.segments().get(1)), longer.segments().get(1), CorruptLogException.class);
    }

    @Test
    void aSegmentThatIsEmpty() {
        assertRefused(unsealed.with(unsealed.segments().get(0), bytes -> new byte[0]), CorruptLogException.class);
        assertUnreadable(
                longer.with(longer.segments().get(0), bytes -> new byte[0]),
                longer.segments().get(0),
                CorruptLogException.class);
    }

    @Test
    void segmentsThatWereExchanged() {
        String one = longer.segments().get(0);
        String other = longer.segments().get(1);
        LogImage exchanged = longer.with(one, bytes -> longer.files().get(other))
                .with(other, bytes -> longer.files().get(one));
        try (WalReader reader = reader(exchanged)) {
            assertThatThrownBy(() -> reader.read(1)).isInstanceOf(CorruptLogException.class);
        }
        assertUnreadable(longer.with(one, bytes -> longer.files().get(other)), one, CorruptLogException.class);
    }

    @Test
    void aSegmentOfTheSameNameFromAnotherLog() {
        LogImage other = LogImage.longer();
        String name = longer.segments().get(0);
        assertThat(other.segments()).contains(name);
        assertUnreadable(longer.with(name, bytes -> other.files().get(name)), name, CorruptLogException.class);
        LogImage another = LogImage.unsealed();
        String open = unsealed.segments().get(0);
        assertRefused(unsealed.with(open, bytes -> another.files().get(open)), CorruptLogException.class);
    }

    @Test
    void registersThatAreMissingOrExchanged() {
        assertRefused(sealed.without(LogImage.MANIFEST), CorruptLogException.class);
        assertRefused(
                sealed.with(LogImage.MANIFEST, bytes -> sealed.files().get(LogImage.STATE)), CorruptLogException.class);
        LogImage stateless = sealed.with(LogImage.STATE, bytes -> sealed.files().get(LogImage.MANIFEST));
        assertThatThrownBy(() -> writer(stateless)).isInstanceOf(CorruptLogException.class);
        try (WalReader reader = reader(stateless)) {
            assertThat(reader.read(1)).isEqualTo(sealed.entries().get(1L));
            assertThatThrownBy(reader::consumers).isInstanceOf(CorruptLogException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 77, Integer.MAX_VALUE})
    void whatALaterVersionWrote(int version) {
        LogImage open = unsealed.with(unsealed.segments().get(0), bytes -> {
            SegmentBytes segment = new SegmentBytes(bytes);
            segment.in().putInt(8, version);
            return segment.fixHeader().bytes();
        });
        assertRefused(open, UnsupportedFormatException.class);
        LogImage closed = sealed.with(sealed.segments().get(0), bytes -> {
            SegmentBytes segment = new SegmentBytes(bytes);
            segment.in().putInt(8, version);
            segment.in().putInt(segment.trailerAt() + 8, version);
            return segment.fixHeader().fixTrailer(segment.indexOffset()).bytes();
        });
        assertUnreadable(closed, sealed.segments().get(0), UnsupportedFormatException.class);
        assertRefused(later(LogImage.MANIFEST, version), UnsupportedFormatException.class);
        assertThatThrownBy(() -> writer(later(LogImage.STATE, version))).isInstanceOf(UnsupportedFormatException.class);
        try (WalReader reader = reader(later(LogImage.STATE, version))) {
            assertThatThrownBy(reader::consumers).isInstanceOf(UnsupportedFormatException.class);
        }
    }

    private LogImage later(String register, int version) {
        return sealed.with(register, file -> {
            byte[] content = RegisterBytes.content(file);
            Bytes.of(content).putInt(8, version);
            return RegisterBytes.withContent(file, RegisterBytes.sealed(content));
        });
    }

    @Test
    void flagsOfALaterVersion() {
        assertRefused(
                unsealed.with(unsealed.segments().get(0), bytes -> {
                    SegmentBytes segment = new SegmentBytes(bytes);
                    segment.in().putInt(12, 1);
                    return segment.fixHeader().bytes();
                }),
                UnsupportedFormatException.class);
    }

    @Test
    void filesOfOthersAreLeftAlone() {
        Map<String, byte[]> files = new TreeMap<>(sealed.files());
        Map<String, byte[]> foreign = new TreeMap<>();
        for (String name : List.of(
                "README",
                "segments/notes.txt",
                "segments/1.seg",
                "segments/0000000000000001-0000000G.seg",
                "segments/00000000000000AA-00000001.seg",
                "registers/Upper",
                "registers/.hidden")) {
            foreign.put(name, name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        files.putAll(foreign);
        HeapDisk disk = new HeapDisk(files);
        for (int i = 0; i < 3; i++) {
            try (Wal wal = JWal.open(LogImage.config(disk).build())) {
                assertThat(wal.read(1)).isEqualTo(sealed.entries().get(1L));
                wal.append(new byte[] {1});
                wal.truncateBefore(wal.lastIndex() - 1 + i % 2);
                wal.truncateAfter(wal.lastIndex());
            } catch (io.jwal.EntryNotFoundException e) {
                assertThat(i).isPositive();
            }
        }
        assertThat(disk.files()).containsAllEntriesOf(foreign);
    }
}
