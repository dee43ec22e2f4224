package io.jwal.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.core.OpenOption;
import io.jwal.damage.Judge.Verdict;
import io.jwal.damage.Judge.Verdicts;
import io.jwal.format.SegmentBytes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every bit flipped, every length, every block of zeros, of every file of a log of about 4 KB, once left open by a crash
 * and once closed. Through the real file store, on a heap instead of a disk; {@link DamagedFilesTest} does some of it on
 * a disk.
 */
@ExtendWith(Quiet.class)
class RottenLogTest {
    private static final int BLOCK = 512;

    private final LogImage unsealed = LogImage.unsealed();
    private final LogImage sealed = LogImage.sealed();

    @Test
    void aFlippedBitOfAnOpenSegmentReadsRightOrIsRefused(TestReporter reporter) {
        Judge judge = new Judge(unsealed, unsealed.last());
        String name = unsealed.segments().get(0);
        int end = new SegmentBytes(unsealed.files().get(name)).end();
        for (int bit = 0; bit < unsealed.files().get(name).length * 8; bit++) {
            Verdicts verdicts = flip(judge, unsealed, name, bit);
            assertThat(verdicts.writer()).isEqualTo(verdicts.reader());
            if (bit >= end * 8) {
                assertThat(verdicts.writer()).as("behind the batches").isEqualTo(Verdict.RIGHT);
            }
        }
        reporter.publishEntry("open segment, every bit", judge.toString());
    }

    @Test
    void withoutWatermarkAFlippedBitTakesTheLastCommitAtMost(TestReporter reporter) {
        LogImage bare = unsealed.without(LogImage.WATERMARK);
        Judge judge = new Judge(bare, bare.beforeLastCommit());
        String name = bare.segments().get(0);
        int lastCommits = (new SegmentBytes(bare.files().get(name)).end() - BLOCK / 2) * 8;
        for (int bit = 0; bit < bare.files().get(name).length * 8; bit += bit < lastCommits ? 13 : 1) {
            flip(judge, bare, name, bit);
        }
        reporter.publishEntry("open segment without WATERMARK, bits", judge.toString());
    }

    @Test
    void withoutWatermarkButWithAnExpectedIndexNothingIsTaken(TestReporter reporter) {
        LogImage bare = unsealed.without(LogImage.WATERMARK);
        Judge judge = new Judge(bare, bare.last(), OpenOption.expectLastIndex(bare.last()));
        String name = bare.segments().get(0);
        for (int bit = 0; bit < bare.files().get(name).length * 8; bit += 11) {
            flip(judge, bare, name, bit);
        }
        reporter.publishEntry("open segment without WATERMARK, with expectLastIndex", judge.toString());
    }

    @Test
    void aFlippedBitOfASealedSegmentHarmsOneEntryAtMost(TestReporter reporter) {
        Judge judge = new Judge(sealed, sealed.last());
        String name = sealed.segments().get(0);
        for (int bit = 0; bit < sealed.files().get(name).length * 8; bit++) {
            Verdicts verdicts = flip(judge, sealed, name, bit);
            assertThat(verdicts.writer()).isEqualTo(verdicts.reader()).isIn(Verdict.RIGHT, Verdict.HURT);
            assertThat(verdicts.hurt()).hasSizeLessThanOrEqualTo(bit < SegmentBytes.HEADER * 8 ? 0 : 1);
        }
        reporter.publishEntry("sealed segment, every bit", judge.toString());
    }

    @Test
    void aFlippedBitOfARegisterIsRefused(TestReporter reporter) {
        for (LogImage log : new LogImage[] {unsealed, sealed}) {
            Judge judge = new Judge(log, log.last());
            for (int bit = 0; bit < log.files().get(LogImage.MANIFEST).length * 8; bit++) {
                Verdicts verdicts = flip(judge, log, LogImage.MANIFEST, bit);
                // The envelope's write number and nonce are covered by its checksum, too.
                assertThat(verdicts.writer()).isEqualTo(Verdict.REFUSED);
                assertThat(verdicts.reader()).isEqualTo(Verdict.REFUSED);
            }
            for (int bit = 0; bit < log.files().get(LogImage.STATE).length * 8; bit++) {
                Verdicts verdicts = flip(judge, log, LogImage.STATE, bit);
                assertThat(verdicts.writer()).isEqualTo(Verdict.REFUSED);
                assertThat(verdicts.reader()).as("entries need no state").isEqualTo(Verdict.RIGHT);
            }
            reporter.publishEntry("registers, every bit", judge.toString());
        }
    }

    @Test
    void aFlippedBitOfWatermarkHarmsNothing(TestReporter reporter) {
        for (LogImage log : new LogImage[] {unsealed, sealed}) {
            Judge judge = new Judge(log, log.last());
            for (int bit = 0; bit < log.files().get(LogImage.WATERMARK).length * 8; bit += bit < BLOCK * 8 ? 1 : 131) {
                Verdicts verdicts = flip(judge, log, LogImage.WATERMARK, bit);
                assertThat(verdicts.writer()).isEqualTo(Verdict.RIGHT);
                assertThat(verdicts.reader()).isEqualTo(Verdict.RIGHT);
            }
            reporter.publishEntry("WATERMARK, every bit in use", judge.toString());
        }
    }

    private static Verdicts flip(Judge judge, LogImage log, String name, int bit) {
        return judge.judge(() -> name + ", bit " + bit % 8 + " of byte " + bit / 8, log.with(name, bytes -> {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            return bytes;
        }));
    }

    @Test
    void everyLengthOfAnOpenSegmentReadsRightOrIsRefused(TestReporter reporter) {
        Judge judge = new Judge(unsealed, unsealed.last());
        String name = unsealed.segments().get(0);
        int end = new SegmentBytes(unsealed.files().get(name)).end();
        for (int length = 0; length < unsealed.files().get(name).length; length++) {
            Verdicts verdicts = cut(judge, unsealed, name, length);
            assertThat(verdicts.writer()).isEqualTo(length < end ? Verdict.REFUSED : Verdict.RIGHT);
            assertThat(verdicts.reader()).isEqualTo(verdicts.writer());
        }
        reporter.publishEntry("open segment, every length", judge.toString());
    }

    /** What is not there any more cannot say that it was: only whoever knows better can. */
    @Test
    void withoutWatermarkEveryLengthLeavesWholeCommits(TestReporter reporter) {
        LogImage bare = unsealed.without(LogImage.WATERMARK);
        String name = bare.segments().get(0);
        Judge judge = new Judge(bare, 0);
        Judge knowing = new Judge(bare, bare.last(), OpenOption.expectLastIndex(bare.last()));
        for (int length = SegmentBytes.HEADER; length < bare.files().get(name).length; length++) {
            Verdicts verdicts = cut(judge, bare, name, length);
            assertThat(verdicts.writer()).isIn(Verdict.RIGHT, Verdict.TORN).isEqualTo(verdicts.reader());
            if (length % 11 == 0) {
                cut(knowing, bare, name, length);
            }
        }
        reporter.publishEntry("open segment without WATERMARK, every length", judge.toString());
        reporter.publishEntry("the same with expectLastIndex", knowing.toString());
    }

    @Test
    void everyLengthOfASealedSegmentRefusesWhatIsCutOff(TestReporter reporter) {
        Judge judge = new Judge(sealed, sealed.last());
        String name = sealed.segments().get(0);
        int end = new SegmentBytes(sealed.files().get(name)).end();
        for (int length = 0; length < sealed.files().get(name).length; length++) {
            Verdicts verdicts = cut(judge, sealed, name, length);
            assertThat(verdicts.writer()).isEqualTo(length < end ? Verdict.HURT : Verdict.RIGHT);
            assertThat(verdicts.reader()).isEqualTo(verdicts.writer());
        }
        reporter.publishEntry("sealed segment, every length", judge.toString());
    }

    @Test
    void everyLengthOfARegisterIsRefused(TestReporter reporter) {
        Judge judge = new Judge(sealed, sealed.last());
        for (String name : new String[] {LogImage.MANIFEST, LogImage.STATE}) {
            for (int length = 0; length < sealed.files().get(name).length; length++) {
                assertThat(cut(judge, sealed, name, length).writer()).isEqualTo(Verdict.REFUSED);
            }
        }
        reporter.publishEntry("registers, every length", judge.toString());
    }

    private static Verdicts cut(Judge judge, LogImage log, String name, int length) {
        return judge.judge(() -> name + ", cut to " + length, log.with(name, bytes -> Arrays.copyOf(bytes, length)));
    }

    @Test
    void everyBlockOfZerosReadsRightOrIsRefused(TestReporter reporter) {
        for (LogImage log : new LogImage[] {unsealed, sealed}) {
            Judge judge = new Judge(log, log.last());
            for (String name : log.files().keySet()) {
                for (int at = 0; at < log.files().get(name).length && !name.contains("spare"); at += BLOCK) {
                    zero(judge, log, name, at);
                }
            }
            reporter.publishEntry("every block zeroed", judge.toString());
        }
    }

    @Test
    void withoutWatermarkABlockOfZerosTakesWholeCommitsFromTheEndAlone(TestReporter reporter) {
        LogImage bare = unsealed.without(LogImage.WATERMARK);
        String name = bare.segments().get(0);
        SegmentBytes segment = new SegmentBytes(bare.files().get(name));
        Judge knowing = new Judge(bare, bare.last(), OpenOption.expectLastIndex(bare.last()));
        Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
        for (int at = 0; at < segment.end(); at += BLOCK) {
            int block = at;
            long whole = segment.batches().stream()
                    .filter(batch -> batch.end() <= block)
                    .mapToLong(batch -> batch.firstIndex() + batch.count() - 1)
                    .max()
                    .orElse(0);
            boolean headersBehind = segment.batches().stream().anyMatch(batch -> batch.offset() >= block + BLOCK);
            Verdict verdict = zero(new Judge(bare, headersBehind ? bare.last() : whole), bare, name, at)
                    .writer();
            assertThat(verdict).isEqualTo(headersBehind ? Verdict.REFUSED : Verdict.TORN);
            assertThat(zero(knowing, bare, name, at).writer()).isEqualTo(Verdict.REFUSED);
            seen.add(verdict);
        }
        assertThat(seen).containsExactlyInAnyOrder(Verdict.REFUSED, Verdict.TORN);
        reporter.publishEntry("blocks zeroed without WATERMARK, with expectLastIndex", knowing.toString());
    }

    private static Verdicts zero(Judge judge, LogImage log, String name, int at) {
        return judge.judge(() -> name + ", block at " + at + " zeroed", log.with(name, bytes -> {
            Arrays.fill(bytes, at, Math.min(at + BLOCK, bytes.length), (byte) 0);
            return bytes;
        }));
    }
}
