package io.jwal.core.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwal.core.format.Layout;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A caller's bytes are the ones from the position of its buffer to the limit, wherever they lie. */
class ContentsTest {
    @Test
    void anArrayIsOneEntry() {
        assertOneEntry(Contents.of("entry".getBytes(UTF_8)));
    }

    @Test
    void aBufferIsReadFromItsPositionInASliceOfItsArray() {
        ByteBuffer slice = ByteBuffer.wrap("--<<entry>>".getBytes(UTF_8)).slice(2, 7);
        assertOneEntry(Contents.of(slice.position(2)));
        assertThat(slice.position()).isEqualTo(2);
    }

    @Test
    void aBufferWithoutAnArrayIsCopiedAtOnce() {
        ByteBuffer direct = ByteBuffer.allocateDirect(9).put("<<entry>>".getBytes(UTF_8));
        direct.position(2).limit(7);
        Contents contents = Contents.of(direct);
        assertThat(direct.position()).isEqualTo(2);
        direct.put(2, (byte) 'E');
        assertOneEntry(contents);
    }

    @Test
    void entriesFollowOneAnother() {
        Contents contents = Contents.of(new byte[][] {"a".getBytes(UTF_8), {}, "entry".getBytes(UTF_8)});
        assertThat(contents.count()).isEqualTo(3);
        assertThat(contents.bytes()).isEqualTo(6);
        BatchBuffer buffer = new BatchBuffer();
        contents.fill(buffer.reserve(3, 6));
        assertThat(Batches.entries(buffer)).containsExactly("a", "", "entry");
        assertThat(buffer.bodyBytes()).isEqualTo(6 + 3L * Layout.ENTRY_HEADER_BYTES);
    }

    private static void assertOneEntry(Contents contents) {
        assertThat(contents.count()).isEqualTo(1);
        assertThat(contents.bytes()).isEqualTo(5);
        BatchBuffer buffer = new BatchBuffer();
        contents.fill(buffer.reserve(1, 5));
        assertThat(Batches.entries(buffer)).containsExactly("entry");
    }
}
