package io.jwal.store.s3.sdk;

import static io.jwal.store.s3.objects.ObjectKind.WORKING;
import static io.jwal.store.s3.sdk.Storages.body;
import static io.jwal.store.s3.sdk.Storages.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.StoreException;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.ListedObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer that is not one to what was asked fails, at once where asking again would not help. */
final class BrokenAnswerTest {
    private static final byte[] FIVE = "01234".getBytes(UTF_8);

    private static void assertUnusable(int status, Map<String, String> headers, byte[] body, String message)
            throws IOException {
        try (ScriptedServer server = new ScriptedServer(status, headers, body);
                SdkObjectStorage storage = server.storage().open()) {
            assertThatThrownBy(() -> storage.get("key", new ByteRange(2, 5)))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageStartingWith("cannot read s3://bucket/key: ")
                    .hasMessageContaining(message);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void anotherRangeThanAskedFor() throws IOException {
        String[] ranges = {"bytes 0-4/100", "bytes 3-7/100", "bytes 2-6/4", "bytes 2-6/*", "2-6", "bytes 6-2/100"};
        for (String range : ranges) {
            assertUnusable(206, Map.of("ETag", "\"t\"", "Content-Range", range), FIVE, "bytes=2-6");
        }
    }

    @Test
    void moreThanAskedFor() throws IOException {
        assertUnusable(
                206,
                Map.of("ETag", "\"t\"", "Content-Range", "bytes 2-900000000000/900000000001"),
                FIVE,
                "a request for bytes=2-6 with 899999999999 bytes from 2 of 900000000001; use a server, and proxies");
    }

    @Test
    void anotherLengthThanTheRange() throws IOException {
        assertUnusable(
                206, Map.of("ETag", "\"t\"", "Content-Range", "bytes 2-6/100"), new byte[4], "bytes 2-6/100 with 4");
    }

    @Test
    void theWholeObjectInsteadOfARange() throws IOException {
        assertUnusable(200, Map.of("ETag", "\"t\""), new byte[10], "10 bytes from 0 of 10; use a server, and proxies");
    }

    @Test
    void theWholeObjectIsARangeOfIt() throws IOException {
        try (ScriptedServer server = new ScriptedServer(200, Map.of("ETag", "\"t\""), FIVE);
                SdkObjectStorage storage = server.storage().open()) {
            assertThat(bytes(storage.get("key", new ByteRange(0, 5)))).isEqualTo(FIVE);
            assertThat(bytes(storage.get("key", ByteRange.last(9)))).isEqualTo(FIVE);
        }
    }

    @Test
    void noTag() throws IOException {
        assertUnusable(206, Map.of("Content-Range", "bytes 2-6/100"), FIVE, "has no ETag");
        try (ScriptedServer server = new ScriptedServer(200, Map.of(), new byte[0]);
                SdkObjectStorage storage = server.storage().open()) {
            assertThatThrownBy(() -> storage.putIfAbsent("key", body("body"), WORKING))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot create s3://bucket/key: the server's answer has no ETag");
        }
    }

    @Test
    void bytesThatDoNotFitTheirChecksum() throws IOException {
        Map<String, String> headers =
                Map.of("ETag", "\"t\"", "Content-Range", "bytes 0-4/5", "x-amz-checksum-crc32c", "AAAAAA==");
        try (ScriptedServer server = new ScriptedServer(206, headers, FIVE);
                SdkObjectStorage storage = server.storage().open();
                SdkObjectStorage trusting = server.storage().withoutChecksums().open()) {
            assertThatThrownBy(() -> storage.get("key", new ByteRange(0, 10)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("do not fit the checksum AAAAAA== that the server has of them, 3 times");
            assertThat(server.requests()).isEqualTo(3);
            assertThat(bytes(trusting.get("key", new ByteRange(0, 10)))).isEqualTo(FIVE);
        }
    }

    @Test
    void aChecksumOfPiecesOrOfMoreThanThePartIsNotOfTheseBytes() throws IOException {
        Map<String, String> pieces =
                Map.of("ETag", "\"t\"", "Content-Range", "bytes 0-4/5", "x-amz-checksum-crc32c", "AAAAAA==-3");
        Map<String, String> part =
                Map.of("ETag", "\"t\"", "Content-Range", "bytes 0-4/6", "x-amz-checksum-crc32c", "AAAAAA==");
        try (ScriptedServer whole = new ScriptedServer(206, pieces, FIVE);
                ScriptedServer some = new ScriptedServer(206, part, FIVE);
                SdkObjectStorage ofPieces = whole.storage().open();
                SdkObjectStorage ofPart = some.storage().open()) {
            assertThat(bytes(ofPieces.get("key", new ByteRange(0, 5)))).isEqualTo(FIVE);
            assertThat(bytes(ofPart.get("key", new ByteRange(0, 5)))).isEqualTo(FIVE);
        }
    }

    private static ScriptedServer listing(String... keys) throws IOException {
        StringBuilder xml = new StringBuilder("<ListBucketResult>");
        for (String key : keys) {
            xml.append("<Contents><Key>").append(key).append("</Key><Size>1</Size></Contents>");
        }
        return new ScriptedServer(
                200, Map.of(), xml.append("</ListBucketResult>").toString().getBytes(UTF_8));
    }

    @Test
    void aListingInOrderIsByBytes() throws IOException {
        // In Java's order of strings the second would be the first
        try (ScriptedServer server = listing("a/\uFFFD", "a/\uD83D\uDE00");
                SdkObjectStorage storage = server.storage().open()) {
            assertThat(storage.list("a/", "a/", 9))
                    .extracting(ListedObject::key)
                    .containsExactly("a/\uFFFD", "a/😀");
        }
    }

    @Test
    void aListingThatGoesBackOrElsewhere() throws IOException {
        String[][] wrong = {{"a/2", "a/1"}, {"a/2", "a/2"}, {"b/1"}, {"a/0"}};
        for (String[] keys : wrong) {
            try (ScriptedServer server = listing(keys);
                    SdkObjectStorage storage = server.storage().open()) {
                assertThatThrownBy(() -> storage.list("a/", "a/0", 9))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("cannot list s3://bucket/a/: the server listed ");
            }
        }
    }

    @Test
    void keysThatWereNotDeletedAreAskedForAlone() throws IOException {
        byte[] errors = ("<DeleteResult><Error><Key>b</Key><Code>InternalError</Code><Message>no</Message></Error>"
                        + "<Error><Key>a</Key><Code>NoSuchKey</Code><Message>none</Message></Error></DeleteResult>")
                .getBytes(UTF_8);
        try (ScriptedServer server = new ScriptedServer(200, Map.of(), errors);
                SdkObjectStorage storage = server.storage().open()) {
            storage.delete(List.of("a", "b", "c"));
            assertThat(storage.counters()).isEqualTo(Map.of("requests.DeleteObjects", 1L, "requests.DeleteObject", 1L));
        }
    }
}
