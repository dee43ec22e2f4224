package io.jwal.core.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.Durability;
import io.jwal.Entry;
import io.jwal.LogNotFoundException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.LogInspector;
import io.jwal.core.Verification;
import io.jwal.core.manifest.LogState;
import io.jwal.core.manifest.StateCodec;
import io.jwal.core.medium.LogMedia;
import io.jwal.core.medium.LogMediaResolver;
import io.jwal.store.ByteSize;
import io.jwal.store.Store;
import io.jwal.store.tck.simulator.LogMedium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogMediaResolver.class)
class VerificationTest {
    private final LogMedia media;
    private final InspectedLog log;

    VerificationTest(LogMedia media) {
        this.media = media;
        log = new InspectedLog(media.next());
    }

    @Test
    void tellsWhatASoundLogHolds() throws Exception {
        log.write(1, 1000);
        log.write(1001, 2000); // in other segments
        Verification found = log.verify();
        assertThat(found.findings()).isEmpty();
        assertThat(found.firstIndex()).isEqualTo(1);
        assertThat(found.lastIndex()).isEqualTo(2000);
        assertThat(found.entries()).isEqualTo(2000);
        assertThat(found.tornBytes()).isZero();
        assertThat(found.digest()).isEqualTo(digest());
        assertThat(log.segments()).hasSizeGreaterThan(1);
    }

    /** The digest as its definition says, over what a reader reads. */
    private String digest() throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        try (WalReader reader = log.reader()) {
            reader.entries(reader.firstIndex(), reader.lastIndex()).forEach(entry -> {
                ByteBuffer prefix = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
                sha256.update(prefix.putLong(entry.index())
                        .putInt(entry.bytes().length)
                        .array());
                sha256.update(entry.bytes());
            });
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    @Test
    void theDigestDependsOnIndexesAndContentsAlone() {
        log.write(1, 500);
        InspectedLog other = new InspectedLog(media.next()).segmentSize(ByteSize.ofKibibytes(64));
        try (Wal wal = other.open()) {
            List<byte[]> batch = new ArrayList<>();
            for (int i = 1; i <= 520; i++) {
                batch.add(("e" + i).getBytes(UTF_8));
            }
            wal.appendAll(batch);
            wal.truncateAfter(500);
        }
        assertThat(other.verify().digest()).isEqualTo(log.verify().digest());
        try (Wal wal = other.open()) {
            wal.truncateBefore(2);
        }
        assertThat(other.verify().digest()).isNotEqualTo(log.verify().digest());
        try (Wal wal = log.open()) {
            wal.truncateBefore(2);
        }
        assertThat(other.verify().digest()).isEqualTo(log.verify().digest());
    }

    @Test
    void anEmptyLogIsSound() throws Exception {
        log.open().close();
        Verification found = log.verify();
        assertThat(found.isSound()).isTrue();
        assertThat(found.entries()).isZero();
        assertThat(found.lastIndex()).isZero();
        assertThat(found.digest())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest()));
    }

    @Test
    void aLogThatIsCutAtBothEndsIsSound() {
        try (Wal wal = log.open()) {
            InspectedLog.append(wal, 1, 1000);
            wal.truncateBefore(333);
            wal.truncateAfter(777);
            InspectedLog.append(wal, 778, 800);
            assertThat(log.verify().findings()).isEmpty();
        }
        Verification found = log.verify();
        assertThat(found.findings()).isEmpty();
        assertThat(found.firstIndex()).isEqualTo(333);
        assertThat(found.lastIndex()).isEqualTo(800);
        assertThat(found.entries()).isEqualTo(468);
    }

    @Test
    void aLogThatBeginsElsewhereIsSound() {
        try (Wal wal = log.open()) {
            wal.writeAll(List.of(new Entry(100, new byte[0]), new Entry(101, new byte[300_000])));
        }
        Verification found = log.verify();
        assertThat(found.findings()).isEmpty();
        assertThat(found.firstIndex()).isEqualTo(100);
        assertThat(found.entries()).isEqualTo(2);
    }

    @Test
    void entriesLargerThanWhatIsFetchedAtOnceAreVerified() {
        byte[] large = new byte[5_000_000];
        large[4_999_999] = 1;
        try (Wal wal = log.open()) {
            wal.appendAll(List.of(new byte[700_000], large, new byte[3]));
        }
        assertThat(log.verify().findings()).isEmpty();
    }

    @Test
    void aTornWriteIsNoProblem() {
        log.medium.needs(LogMedium.Ability.TEAR);
        long torn = 0;
        for (long seed = 1; seed <= 20; seed++) {
            InspectedLog crashing = new InspectedLog(media.next()).durability(Durability.NONE);
            Wal lost = crashing.open();
            lost.append(new byte[3000]);
            lost.sync();
            lost.appendAll(List.of(new byte[700], new byte[2000]));
            Awaitility.await().until(() -> lost.stats().appends().commits() == 2);
            crashing.medium.crash(seed);
            Verification found = crashing.verify();
            assertThat(found.findings()).as("power cut " + seed).isEmpty();
            assertThat(found.lastIndex()).isIn(1L, 3L);
            torn += found.tornBytes();
        }
        assertThat(torn).isPositive();
    }

    @Test
    void withoutALogThereIsNothingToVerify() {
        assertThatThrownBy(log::verify).isInstanceOf(LogNotFoundException.class);
        assertThatThrownBy(log::manifest).isInstanceOf(LogNotFoundException.class);
        assertThat(log.medium.describe()).isEmpty();
    }

    @Test
    void aLogWithoutItsManifestIsAProblem() throws IOException {
        try (Store store = log.claimed()) {
            store.writeRegister("state", null, StateCodec.STATE.encode(LogState.empty()));
        }
        Verification found = log.verify();
        assertThat(found.findings()).singleElement().asString().contains("there is no manifest");
        assertThat(found.digest()).isNull();
    }

    @Test
    void aDamagedRegisterIsAProblem() throws IOException {
        log.write(1, 10);
        log.rewrite("state", content -> content.put(20, (byte) (content.get(20) ^ 1)));
        assertThat(log.verify().findings()).singleElement().asString().contains("register \"state\"");
        log.rewrite("manifest", content -> content.put(20, (byte) (content.get(20) ^ 1)));
        assertThat(log.verify().findings()).hasSize(2).last().asString().contains("register \"manifest\"");
    }

    @Test
    void anOldManifestThatWasPutBackIsAProblem() throws IOException {
        log.write(1, 10);
        ByteBuffer old = log.manifest().encode();
        log.write(11, 2000);
        log.rewrite("manifest", content -> old);
        assertThat(log.verify().findings())
                .anySatisfy(finding -> assertThat(finding).asString().contains("old manifest"));
    }

    @Test
    void progressBeginsAtNothingAndEndsAtAll() {
        log.write(1, 3000);
        List<Long> done = new ArrayList<>();
        List<Long> all = new ArrayList<>();
        try (LogInspector inspector = LogInspector.open(log.config())) {
            long bytes = inspector
                    .verify((now, whole) -> {
                        done.add(now);
                        all.add(whole);
                    })
                    .bytes();
            assertThat(all).containsOnly(bytes);
            assertThat(done).isSorted().startsWith(0L).endsWith(bytes);
        }
    }
}
