package io.jwal.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.store.SegmentId;
import io.jwal.store.SegmentNotFoundException;
import io.jwal.store.StoreCorruptException;
import io.jwal.store.StoreException;
import io.jwal.store.StoreFullException;
import io.jwal.store.StoreUnreadableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** What the system says, turned into what an operator can do. */
final class DiskTroubleTest {
    private final DiskTrouble trouble = new DiskTrouble(new SimulatedDisk());

    @Test
    void aFullDiskIsTold() {
        assertThat(trouble.changing("append to", "simulated/segments/x", SimulatedDisk.full()))
                .isInstanceOf(StoreFullException.class)
                .hasMessageContaining("cannot append to simulated/segments/x: no space left")
                .hasMessageContaining("truncateBefore");
    }

    @Test
    void whatIsNotAllowedIsTold() {
        for (IOException denied :
                new IOException[] {new AccessDeniedException("/x"), new FileNotFoundException("/x (Permission denied)")
                }) {
            assertThat(trouble.changing("open for writing", "/x", denied))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot open for writing /x: permission denied")
                    .hasMessageContaining("openReader");
            assertThat(trouble.reading("read", "/x", denied))
                    .isInstanceOf(StoreUnreadableException.class)
                    .hasMessageContaining("cannot read /x: permission denied");
        }
    }

    @Test
    void whoHasTooManyFilesOpenIsTold() {
        assertThat(trouble.reading("open", "/x", new FileSystemException("/x", null, "Too many open files")))
                .isInstanceOf(StoreUnreadableException.class)
                .hasMessageContaining("cannot open /x: too many open files; raise the limit");
    }

    @Test
    void whatADiskCannotGiveBackIsLostAndNothingElseIs() {
        assertThat(trouble.reading("read", "/x", SimulatedDisk.broken()))
                .isInstanceOf(StoreCorruptException.class)
                .hasMessageContaining("cannot read /x: Input/output error")
                .hasMessageContaining("check the disk");
        for (String passing : new String[] {
            "Stale file handle",
            "Connection timed out",
            "Transport endpoint is not connected",
            "Host is down",
            "Operation not permitted",
            "Resource temporarily unavailable"
        }) {
            assertThat(trouble.reading("read", "/x", new IOException(passing)))
                    .isInstanceOf(StoreException.class)
                    .isNotInstanceOf(StoreCorruptException.class)
                    .hasMessage("cannot read /x: " + passing);
        }
    }

    @Test
    void aReadOnlyFileSystemIsTold() {
        assertThat(trouble.changing("create", "/x", new FileSystemException("/x", null, "Read-only file system")))
                .hasMessageContaining("the file system is read-only");
    }

    @Test
    void anythingElseIsToldAsItIs() {
        assertThat(trouble.changing("sync", "/x", SimulatedDisk.broken()))
                .isNotInstanceOf(StoreFullException.class)
                .hasMessage("cannot sync /x: Input/output error");
        assertThat(trouble.reading("read", "/x", new IOException()))
                .isNotInstanceOf(StoreUnreadableException.class)
                .hasMessageNotContaining("null");
        SegmentNotFoundException absent = new SegmentNotFoundException(new SegmentId(1, 1), "gone");
        assertThat(trouble.reading("read", "/x", absent)).isSameAs(absent);
    }
}
