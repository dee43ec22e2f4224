package io.jwal.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentReader;
import io.jwal.store.SegmentWriter;
import io.jwal.store.Store;
import io.jwal.store.tck.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStoreConfigTest {
    @TempDir
    Path temp;

    @Test
    void onlyTheDirectoryIsNeeded() {
        FileStoreConfig config = new FileStoreConfig(temp);
        assertThat(config).isEqualTo(new FileStoreConfig(temp, "rwxr-x---", "rw-r-----", true));
    }

    @Test
    void modesAreReadInBothForms() {
        FileStoreConfig octal = new FileStoreConfig(temp, "0700", "664", null);
        FileStoreConfig letters = new FileStoreConfig(temp, "rwx------", "rw-rw-r--", null);
        assertThat(octal.directoryMode()).isEqualTo(letters.directoryMode());
        assertThat(octal.fileMode()).isEqualTo(letters.fileMode());
        assertThat(PosixFilePermissions.toString(octal.fileMode())).isEqualTo("rw-rw-r--");
    }

    @Test
    void whatCannotWorkIsRefusedWithWhatWould() {
        for (String mode : new String[] {"", "9", "0999", "07777", "rwxrwx", "drwxr-x---", "-rwxr-x--", "u=rwx"}) {
            assertThatThrownBy(() -> new FileStoreConfig(temp, mode, null, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("directoryPermissions \"" + mode + "\"")
                    .hasMessageContaining("0750");
        }
        assertThatThrownBy(() -> new FileStoreConfig(temp, "0650", null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rwx for the owner");
        assertThatThrownBy(() -> new FileStoreConfig(temp, null, "0440", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("filePermissions \"0440\"")
                .hasMessageContaining("rw for the owner");
        assertThatThrownBy(() -> new FileStoreConfig(Path.of("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("./data");
    }

    @Test
    void theModesAreUsed() throws IOException {
        Path directory = temp.resolve("log");
        FileStoreConfig config = new FileStoreConfig(directory, "0700", "0600", null);
        try (Store store = new FileStoreProvider().open(config, new TestContext())) {
            store.claimWriter();
            store.createSegment(new SegmentId(1, 1), 0).close();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("segments"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("segments/" + new SegmentId(1, 1) + ".seg"))))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutPreallocationAFileIsAsLongAsWhatWasAppended() throws IOException {
        FileStoreConfig config = new FileStoreConfig(temp.resolve("log"), null, null, false);
        SegmentId id = new SegmentId(1, 1);
        try (Store store = new FileStoreProvider().open(config, new TestContext())) {
            store.claimWriter();
            SegmentWriter writer = store.createSegment(id, 1 << 20);
            long length = 0;
            for (int size : new int[] {10, 100_000, 3 << 20}) {
                writer.appendAndSync(Stores.pattern(length, size));
                length += size;
                assertThat(Files.size(temp.resolve("log/segments/" + id + ".seg")))
                        .isEqualTo(length);
            }
            try (SegmentReader reader = store.openSegment(id)) {
                assertThat(reader.slice(0, (int) length)).isEqualTo(Stores.pattern(0, (int) length));
            }
        }
    }
}
