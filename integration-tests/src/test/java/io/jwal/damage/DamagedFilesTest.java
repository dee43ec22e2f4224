package io.jwal.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.CorruptLogException;
import io.jwal.Wal;
import io.jwal.WalReader;
import io.jwal.core.JWal;
import io.jwal.core.WalConfig;
import io.jwal.store.file.FileStoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Some of the damage of {@link RottenLogTest} on a disk, with maps of memory and locks: the first and last bits of every
 * file, some in between, lengths, and LOCK, whose content means nothing.
 */
@ExtendWith(Quiet.class)
class DamagedFilesTest {
    @TempDir
    Path directory;

    private record Damage(String what, LogImage sound, LogImage damaged) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Damage> damages() {
        List<Damage> damages = new ArrayList<>();
        damages.addAll(of("open", LogImage.unsealed()));
        damages.addAll(of("sealed", LogImage.sealed()));
        return damages.stream();
    }

    private static List<Damage> of(String kind, LogImage log) {
        Random random = new Random(7);
        List<Damage> damages = new ArrayList<>();
        for (String name : log.files().keySet()) {
            int length = log.files().get(name).length;
            if (length == 0 || name.contains("spare") || name.equals(LogImage.WATERMARK)) {
                continue;
            }
            for (int at : new int[] {0, length / 2, length - 1, random.nextInt(length)}) {
                damages.add(new Damage(kind + ", " + name + ", byte " + at, log, log.with(name, bytes -> {
                    bytes[at] ^= (byte) (1 << at % 8);
                    return bytes;
                })));
            }
            int cut = random.nextInt(length);
            damages.add(new Damage(
                    kind + ", " + name + ", cut to " + cut,
                    log,
                    log.with(name, bytes -> java.util.Arrays.copyOf(bytes, cut))));
        }
        damages.add(new Damage(kind + ", LOCK", log, log.with("LOCK", bytes -> new byte[] {-1, 0, 77})));
        damages.add(new Damage(kind + ", no LOCK", log, log.without("LOCK")));
        return damages;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void readsRightOrIsRefused(Damage damage) throws IOException {
        for (Map.Entry<String, byte[]> file : damage.damaged().files().entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        WalConfig config =
                WalConfig.builder().store(new FileStoreConfig(directory)).build();
        try (WalReader reader = JWal.openReader(config)) {
            assertRight(reader, damage.sound());
        } catch (CorruptLogException e) {
            assertThat(e).hasMessageContaining(";");
        }
        try (Wal wal = JWal.open(config)) {
            assertRight(wal, damage.sound());
        } catch (CorruptLogException e) {
            assertThat(e).hasMessageContaining(";");
        }
    }

    private static void assertRight(WalReader log, LogImage sound) {
        boolean refused = false;
        for (long index = 1; index <= sound.last(); index++) {
            try {
                assertThat(log.read(index)).isEqualTo(sound.entries().get(index));
            } catch (CorruptLogException e) {
                refused = true;
            }
        }
        assertThat(log.lastIndex() == sound.last() || refused).isTrue();
    }
}
