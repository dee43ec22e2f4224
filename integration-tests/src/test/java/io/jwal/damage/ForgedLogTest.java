package io.jwal.damage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jwal.CorruptLogException;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.format.Bytes;
import io.jwal.format.RegisterBytes;
import io.jwal.format.SegmentBytes;
import io.jwal.store.file.HeapDisk;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody who can compute checksums writes fields that lie: lengths, counts, offsets, indexes. Nothing is promised of
 * the entries, but errors are the log's own, and no memory is taken on the word of a field.
 */
@ExtendWith(Quiet.class)
class ForgedLogTest {
    /** Three openings of a log of 4 KB, with buffers and windows, take about 1 MB. */
    private static final long MOST_BYTES = 24 << 20;

    private static final int LENGTH_BYTES = 4;

    private record Forgery(String what, LogImage log) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Arguments> forgeries() {
        List<Forgery> all = new ArrayList<>();
        for (LogImage log : new LogImage[] {LogImage.unsealed(), LogImage.sealed()}) {
            String kind = new SegmentBytes(log.files().get(log.segments().get(0))).isSealed() ? "sealed" : "open";
            segmentFields(kind, log, all);
            registerFields(kind, log, LogImage.MANIFEST, all);
            registerFields(kind, log, LogImage.STATE, all);
        }
        trailerFields(LogImage.sealed(), all);
        indexFields(LogImage.sealed(), all);
        return all.stream().map(Arguments::of);
    }

    private static List<Integer> ints(int right, int remaining) {
        return List.of(
                0, -1, 1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE, right - 1, right + 1, remaining, remaining + 1);
    }

    private static List<Long> longs(long right) {
        return List.of(
                0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, right - 1, right + 1, 1L << 32, 1L << 40);
    }

    private static void segmentFields(String kind, LogImage log, List<Forgery> all) {
        SegmentBytes sound = new SegmentBytes(log.files().get(log.segments().get(0)));
        List<SegmentBytes.Batch> batches = sound.batches();
        for (int number : new int[] {0, 1, 20, batches.size() - 1}) {
            SegmentBytes.Batch batch = batches.get(number);
            String name = kind + ", batch " + number;
            int remaining = sound.bytes().length - batch.offset() - SegmentBytes.BATCH_HEADER;
            for (int value : ints(batch.bodyBytes(), remaining)) {
                forge(all, name + ", body length " + value, log, segment -> {
                    segment.in().putInt(batch.offset() + 8, value);
                    segment.fixBody(batch.offset(), value).fixBatchHeader(batch.offset());
                });
            }
            for (int value : ints(batch.count(), batch.bodyBytes() / 8)) {
                forge(all, name + ", count " + value, log, segment -> {
                    segment.in().putInt(batch.offset() + 12, value);
                    segment.fixBatchHeader(batch.offset());
                });
            }
            for (int field : new int[] {16, 24, 32}) {
                for (long value : longs(sound.in().getLong(batch.offset() + field))) {
                    forge(all, name + ", long at " + field + " " + value, log, segment -> {
                        segment.in().putLong(batch.offset() + field, value);
                        segment.fixBatchHeader(batch.offset());
                    });
                }
            }
            for (int entry : sound.entries(batch)) {
                for (int value : ints(sound.in().getInt(entry), batch.end() - entry - 8)) {
                    forge(all, name + ", length of entry at " + entry + " " + value, log, segment -> {
                        segment.in().putInt(entry, value);
                        segment.fixBody(batch.offset(), batch.bodyBytes()).fixBatchHeader(batch.offset());
                    });
                }
            }
        }
    }

    private static void trailerFields(LogImage log, List<Forgery> all) {
        SegmentBytes sound = new SegmentBytes(log.files().get(log.segments().get(0)));
        int from = sound.indexOffset();
        for (int field = 12; field < SegmentBytes.TRAILER - LENGTH_BYTES; field += LENGTH_BYTES) {
            int at = sound.trailerAt() + field;
            for (int value : ints(sound.in().getInt(at), sound.bytes().length - at)) {
                forge(all, "trailer, int at " + field + " " + value, log, segment -> {
                    segment.in().putInt(at, value);
                    segment.fixTrailer(from);
                });
            }
        }
    }

    private static void indexFields(LogImage log, List<Forgery> all) {
        SegmentBytes sound = new SegmentBytes(log.files().get(log.segments().get(0)));
        int from = sound.indexOffset();
        for (int at = from; at < sound.trailerAt(); at += at < sound.trailerAt() - 32 ? 20 : LENGTH_BYTES) {
            int field = at;
            for (int value : ints(sound.in().getInt(at), from)) {
                forge(all, "index, int at " + at + " " + value, log, segment -> {
                    segment.in().putInt(field, value);
                    segment.fixTrailer(from);
                });
            }
        }
    }

    private static void forge(List<Forgery> all, String what, LogImage log, Consumer<SegmentBytes> change) {
        all.add(new Forgery(what, log.with(log.segments().get(0), bytes -> {
            SegmentBytes segment = new SegmentBytes(bytes);
            change.accept(segment);
            return segment.bytes();
        })));
    }

    private static void registerFields(String kind, LogImage log, String register, List<Forgery> all) {
        byte[] content = RegisterBytes.content(log.files().get(register));
        for (int at = 16; at + LENGTH_BYTES <= content.length - LENGTH_BYTES; at += LENGTH_BYTES) {
            int field = at;
            for (int value : ints(ByteBuffer.wrap(content).getInt(at), content.length - at)) {
                register(
                        all,
                        kind + ", " + register + ", int at " + at + " " + value,
                        log,
                        register,
                        bytes -> bytes.putInt(field, value));
            }
            for (long value : longs(1)) {
                if (at + Long.BYTES <= content.length - LENGTH_BYTES) {
                    register(
                            all,
                            kind + ", " + register + ", long at " + at + " " + value,
                            log,
                            register,
                            bytes -> bytes.putLong(field, value));
                }
            }
        }
    }

    private static void register(
            List<Forgery> all, String what, LogImage log, String register, Consumer<ByteBuffer> change) {
        all.add(new Forgery(what, log.with(register, file -> {
            byte[] content = RegisterBytes.content(file);
            change.accept(Bytes.of(content));
            return RegisterBytes.withContent(file, RegisterBytes.sealed(content));
        })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void isAnsweredWithoutAnErrorOfTheLanguageAndWithinBounds(Forgery forgery) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Judge.assertOnlyOwnErrors(forgery.log());
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    }

    /** Whatever the index says, an entry is read at its own index or not at all. */
    @Test
    void anOffsetOfAnotherEntryIsNoticed() {
        LogImage log = LogImage.sealed();
        String name = log.segments().get(0);
        int entries = log.entries().size();
        int hurt = 0;
        for (int entry = 0; entry < entries; entry++) {
            for (int other : new int[] {0, (entry + 1) % entries, entries - 1}) {
                int field = entry;
                LogImage forged = log.with(name, bytes -> {
                    SegmentBytes segment = new SegmentBytes(bytes);
                    int from = segment.indexOffset();
                    segment.in()
                            .putInt(from + field * LENGTH_BYTES, segment.in().getInt(from + other * LENGTH_BYTES));
                    return segment.fixTrailer(from).bytes();
                });
                hurt += readsItOrNothing(forged, entry + 1) ? 0 : 1;
            }
        }
        assertThat(hurt).isGreaterThan(entries);
    }

    private static boolean readsItOrNothing(LogImage forged, long index) {
        try (WalReader reader =
                JWal.openReader(LogImage.config(new HeapDisk(forged.files())).build())) {
            assertThat(reader.read(index)).isEqualTo(forged.entries().get(index));
            return true;
        } catch (CorruptLogException e) {
            return false;
        }
    }
}
