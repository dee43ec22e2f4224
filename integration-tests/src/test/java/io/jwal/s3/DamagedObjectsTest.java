package io.jwal.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jwal.CorruptLogException;
import io.jwal.Cursor;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.LogInspector;
import io.jwal.core.Verification;
import io.jwal.core.WalConfig;
import io.jwal.s3.servers.FakeS3;
import io.jwal.store.ByteSize;
import io.jwal.store.LogManifest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that are missing, cut short, another log's or changed by a bit: found, said, and nothing else hurt by it. */
class DamagedObjectsTest {
    private static final boolean EVERY_PLACE = Boolean.getBoolean("jwal.s3.damage.every");

    private static final int ENTRIES = 8;
    private static final int PART_HEADER = 80;
    private static final String STATE = "orders/registers/state";
    private static final String LAST_PART = "orders/segments/0000000000000003-00000001/00000003.part";

    private FakeS3 server;

    @BeforeEach
    void start() throws IOException {
        server = FakeS3.start();
        server.createBucket("logs");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WalConfig config(String prefix) {
        Duration soon = Duration.ofSeconds(20);
        return S3Logs.config(S3Logs.hasty(server, "logs", prefix, soon, soon))
                .segmentSize(ByteSize.ofKibibytes(4))
                .build();
    }

    private static byte[] entry(long index) {
        byte[] entry = new byte[600];
        new Random(index).nextBytes(entry);
        return entry;
    }

    /** A log with a sealed segment, an open one, and the fence of a writer before it; as after a crash. */
    private void write(String prefix) {
        Wal first = JWal.open(config(prefix));
        for (int i = 1; i < ENTRIES - 1; i++) {
            first.append(entry(i));
        }
        try (Wal wal = JWal.open(config(prefix))) {
            assertThat(wal.lastIndex()).isEqualTo(ENTRIES - 2);
        }
        Wal crashed = JWal.open(config(prefix));
        crashed.append(entry(ENTRIES - 1));
        crashed.append(entry(ENTRIES));
    }

    /** Everything below the log's prefix, as it should be. */
    private NavigableMap<String, byte[]> sound() {
        NavigableMap<String, byte[]> objects = new TreeMap<>();
        server.keys("logs").stream()
                .filter(key -> key.startsWith("orders/"))
                .forEach(key -> objects.put(key, server.body("logs", key)));
        return objects;
    }

    private void restore(NavigableMap<String, byte[]> objects) {
        server.keys("logs").stream()
                .filter(key -> key.startsWith("orders/") && !objects.containsKey(key))
                .forEach(key -> server.drop("logs", key));
        objects.forEach((key, body) -> server.put("logs", key, body));
    }

    private static boolean isFence(byte[] body) {
        return body.length == PART_HEADER;
    }

    /** Whoever reads or opens the log gets exactly its entries, or is told what is damaged; the damage is not touched. */
    private void judge(String key, String damage, boolean mayGoUnnoticed) {
        String what = key + " " + damage;
        for (boolean writing : new boolean[] {false, true}) {
            List<Long> found = new ArrayList<>();
            Throwable failure = catchThrowable(() -> {
                try (WalReader log = writing ? JWal.open(config("orders")) : JWal.openReader(config("orders"))) {
                    readAll(log, found);
                }
            });
            if (failure == null) {
                // To a follower, a part that is missing has not come yet
                int least = writing ? key.equals(LAST_PART) ? ENTRIES - 1 : ENTRIES : 0;
                assertThat(found).as("entries read although %s", what).hasSizeBetween(least, ENTRIES);
                assertThat(mayGoUnnoticed || !writing)
                        .as("%s goes unnoticed", what)
                        .isTrue();
            } else {
                assertThat(failure)
                        .as(what)
                        .isInstanceOf(CorruptLogException.class)
                        .hasMessageMatching("(?s).*(restore|`wal verify`).*");
            }
        }
    }

    /** Each entry that comes is the right one. */
    private static void readAll(WalReader reader, List<Long> found) {
        long last = reader.lastIndex();
        try (Cursor cursor = reader.cursor(reader.firstIndex())) {
            while (cursor.next()) {
                assertThat(cursor.entryBytes()).isEqualTo(entry(cursor.index()));
                found.add(cursor.index());
            }
        }
        assertThat(found).hasSize((int) last);
    }

    /** All places, or in the build one of them for each object. */
    private static int[] chosen(String key, int... places) {
        return EVERY_PLACE ? places : new int[] {places[Math.floorMod(key.hashCode(), places.length)]};
    }

    @Test
    void anObjectThatIsMissingIsMissed() {
        write("orders");
        NavigableMap<String, byte[]> sound = sound();
        sound.forEach((key, body) -> {
            server.drop("logs", key);
            // Nobody can know that there was one more part if it was the last, nor that a fence was there
            judge(key, "is missing", isFence(body) || key.equals(LAST_PART));
            restore(sound);
        });
        judge("nothing", "is damaged", true);
    }

    @Test
    void anObjectThatIsCutShortIsNotTaken() {
        write("orders");
        NavigableMap<String, byte[]> sound = sound();
        sound.forEach((key, body) -> {
            for (int length : chosen(key, 0, body.length / 2, body.length - 1)) {
                server.put("logs", key, Arrays.copyOf(body, length));
                judge(key, "has " + length + " of " + body.length + " bytes", isFence(body));
                restore(sound);
            }
        });
    }

    @Test
    void anotherLogsObjectIsNotTaken() {
        write("orders");
        write("others");
        NavigableMap<String, byte[]> sound = sound();
        sound.forEach((key, body) -> {
            server.put("logs", key, server.body("logs", key.replace("orders/", "others/")));
            // The state says nothing of its log, and a last part that is not the log's is like none
            judge(key, "is another log's", isFence(body) || key.equals(STATE) || key.equals(LAST_PART));
            restore(sound);
        });
    }

    @Test
    void aBitThatIsFlippedIsSeen() {
        write("orders");
        NavigableMap<String, byte[]> sound = sound();
        sound.forEach((key, body) -> {
            Random random = new Random(key.hashCode());
            for (int at : chosen(key, 45, body.length / 2, random.nextInt(body.length), body.length - 1)) {
                byte[] flipped = body.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                server.put("logs", key, flipped);
                judge(key, "has a flipped bit in byte " + at, isFence(body));
                restore(sound);
            }
        });
    }

    /** What is fetched is verified in blocks: a byte of the header hurts the entries of the first one, and no others. */
    @Test
    void verifyNamesTheBlockThatIsDamagedAndTheEntriesInIt() {
        write("orders");
        try (LogInspector inspector = LogInspector.open(config("orders"))) {
            LogManifest.Segment sealed = inspector.manifest().segments().get(0);
            assertThat(sealed.is(LogManifest.State.SEALED)).isTrue();
            String key = "orders/segments/" + sealed.id() + ".seg";
            byte[] body = server.body("logs", key);
            body[40] ^= 1;
            server.put("logs", key, body);
            Verification found = inspector.verify((done, all) -> {});
            assertThat(found.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.segment()).contains(sealed.id());
                assertThat(finding.what())
                        .contains("block 0 of s3://logs/" + key, "entries 1 to " + sealed.lastIndex(), "restore");
            });
            assertThat(found.entries()).isEqualTo(ENTRIES - sealed.lastIndex());
            assertThat(found.lastIndex()).isEqualTo(ENTRIES);
            assertThat(found.digest()).isNull();
        }
    }

    /** A follower takes what is missing for not yet there; who verifies lists, and knows better. */
    @Test
    void verifyLooksBehindAHole() {
        write("orders");
        String missing = LAST_PART.replace("00000003.part", "00000002.part");
        server.drop("logs", missing);
        List<Long> found = new ArrayList<>();
        try (WalReader reader = JWal.openReader(config("orders"))) {
            readAll(reader, found);
        }
        assertThat(found).hasSize(ENTRIES - 2);
        try (LogInspector inspector = LogInspector.open(config("orders"))) {
            Verification verified = inspector.verify((done, all) -> {});
            assertThat(verified.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.segment()).hasToString("Optional[0000000000000003-00000001]");
                assertThat(finding.what()).contains("is damaged at offset", "though it was synced up to");
            });
            assertThat(verified.lastIndex()).isEqualTo(ENTRIES - 2);
            assertThat(verified.digest()).isNull();
        }
    }
}
