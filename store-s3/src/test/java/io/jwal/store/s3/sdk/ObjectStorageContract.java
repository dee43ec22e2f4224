package io.jwal.store.s3.sdk;

import static io.jwal.store.s3.objects.ObjectKind.SEALED;
import static io.jwal.store.s3.objects.ObjectKind.WORKING;
import static io.jwal.store.s3.sdk.Storages.bytes;
import static io.jwal.store.s3.sdk.Storages.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwal.store.StoreException;
import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Completed;
import io.jwal.store.s3.objects.Fetched;
import io.jwal.store.s3.objects.ListedObject;
import io.jwal.store.s3.objects.ObjectBody;
import io.jwal.store.s3.objects.Upload;
import io.jwal.store.s3.objects.UploadGoneException;
import io.jwal.store.s3.objects.UploadedPiece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a storage does when nothing goes wrong, on whatever server. */
abstract class ObjectStorageContract {
    private SdkObjectStorage storage;

    /** A storage in a bucket with nothing in it. */
    abstract SdkObjectStorage open() throws IOException;

    @BeforeEach
    void openStorage() throws IOException {
        storage = open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
        storage.close();
    }

    @Test
    void anObjectIsCreatedOnce() throws IOException {
        assertThat(storage.putIfAbsent("key", body("first"), WORKING)).isPresent();
        assertThat(storage.putIfAbsent("key", body("second"), WORKING)).isEmpty();
        assertThat(text(storage, "key")).isEqualTo("first");
    }

    @Test
    void anObjectIsReplacedOnlyIfItIsTheExpectedOne() throws IOException {
        String first = storage.putIfAbsent("key", body("first"), WORKING).orElseThrow();
        String second = storage.putIfMatch("key", first, body("second")).orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(storage.putIfMatch("key", first, body("third"))).isEmpty();
        assertThat(text(storage, "key")).isEqualTo("second");
    }

    @Test
    void whatIsNotThereIsNotReplaced() throws IOException {
        String tag = storage.putIfAbsent("key", body("first"), WORKING).orElseThrow();
        storage.delete(List.of("key"));
        assertThat(storage.putIfMatch("key", tag, body("second"))).isEmpty();
        assertThat(storage.get("key", new ByteRange(0, 10))).isEqualTo(new Fetched.Absent());
    }

    @Test
    void whatIsFetchedIsTheRangeWithinTheObject() throws IOException {
        String tag = storage.putIfAbsent("key", body("0123456789"), WORKING).orElseThrow();
        Fetched.Found found = (Fetched.Found) storage.get("key", new ByteRange(2, 3));
        assertThat(found.tag()).isEqualTo(tag);
        assertThat(found.size()).isEqualTo(10);
        assertThat(found.bytes().array()).isEqualTo("234".getBytes(UTF_8));
        assertThat(bytes(storage.get("key", new ByteRange(8, 100)))).isEqualTo("89".getBytes(UTF_8));
        assertThat(bytes(storage.get("key", ByteRange.last(4)))).isEqualTo("6789".getBytes(UTF_8));
        assertThat(bytes(storage.get("key", ByteRange.last(100)))).isEqualTo("0123456789".getBytes(UTF_8));
        assertThat(bytes(storage.get("key", new ByteRange(0, Integer.MAX_VALUE))))
                .hasSize(10);
    }

    @Test
    void aRangeBehindTheEndIsEmptyAndHasTheObjectsTag() throws IOException {
        String tag = storage.putIfAbsent("key", body("0123456789"), WORKING).orElseThrow();
        for (long from : new long[] {10, 11, 1L << 40}) {
            Fetched.Found found = (Fetched.Found) storage.get("key", new ByteRange(from, 5));
            assertThat(found.bytes().remaining()).isZero();
            assertThat(found.size()).isEqualTo(10);
            assertThat(found.tag()).isEqualTo(tag);
        }
    }

    @Test
    void anEmptyObjectIsFoundEmpty() throws IOException {
        String tag = storage.putIfAbsent("key", body(""), WORKING).orElseThrow();
        for (ByteRange range : List.of(new ByteRange(0, 5), ByteRange.last(5))) {
            Fetched.Found found = (Fetched.Found) storage.get("key", range);
            assertThat(found).isEqualTo(new Fetched.Found(tag, 0, ByteBuffer.allocate(0)));
        }
    }

    @Test
    void aFetchMayExpectAnObject() throws IOException {
        ByteRange all = new ByteRange(0, 100);
        String tag = storage.putIfAbsent("key", body("first"), WORKING).orElseThrow();
        assertThat(bytes(storage.getIfMatch("key", all, tag))).isEqualTo("first".getBytes(UTF_8));
        assertThat(storage.getIfChanged("key", all, tag)).isEqualTo(new Fetched.Unchanged());
        assertThat(storage.putIfMatch("key", tag, body("second"))).isPresent();
        assertThat(storage.getIfMatch("key", all, tag)).isEqualTo(new Fetched.Replaced());
        assertThat(bytes(storage.getIfChanged("key", all, tag))).isEqualTo("second".getBytes(UTF_8));
        assertThat(storage.getIfMatch("none", all, tag)).isEqualTo(new Fetched.Absent());
        assertThat(storage.getIfChanged("none", all, tag)).isEqualTo(new Fetched.Absent());
    }

    /** A waiting reader asks so again and again. */
    @Test
    void whatIsUnchangedIsAskedForOnce() throws IOException {
        String tag = storage.putIfAbsent("key", body("first"), WORKING).orElseThrow();
        assertThat(storage.getIfChanged("key", new ByteRange(0, 100), tag)).isEqualTo(new Fetched.Unchanged());
        assertThat(storage.counters()).containsEntry("requests.GetObject", 1L);
    }

    @Test
    void keysMayHoldWhatUrlsMayNot() throws IOException {
        List<String> keys = List.of("p/a b", "p/a%20b", "p/a+b", "p/a=b&c?d#e", "p/é/😀", "p/~'()*!");
        for (String key : keys) {
            assertThat(storage.putIfAbsent(key, body(key), WORKING)).isPresent();
            assertThat(text(storage, key)).isEqualTo(key);
        }
        assertThat(storage.list("p/", "", 100)).extracting(ListedObject::key).containsExactlyInAnyOrderElementsOf(keys);
        storage.delete(keys);
        assertThat(storage.list("p/", "", 100)).isEmpty();
    }

    @Test
    void aListingGoesOnBehindAKey() throws IOException {
        for (String key : List.of("a/1", "a/2", "a/3", "b/1")) {
            assertThat(storage.putIfAbsent(key, body(key + "!"), WORKING)).isPresent();
        }
        assertThat(storage.list("a/", "a/", 2)).containsExactly(new ListedObject("a/1", 4), new ListedObject("a/2", 4));
        assertThat(storage.list("a/", "a/2", 2)).containsExactly(new ListedObject("a/3", 4));
        assertThat(storage.list("a/", "a/3", 2)).isEmpty();
        assertThat(storage.list("", "", 10)).hasSize(4);
    }

    @Test
    void deletingWhatIsNotThereIsNothing() throws IOException {
        assertThat(storage.putIfAbsent("key", body("here"), WORKING)).isPresent();
        storage.delete(List.of());
        storage.delete(List.of("none"));
        storage.delete(List.of("none", "key", "neither"));
        assertThat(storage.list("", "", 10)).isEmpty();
    }

    @Test
    void anObjectIsMadeOfPiecesAndOfPartsOfAnother() throws IOException {
        int piece = storage.smallestPiece();
        byte[] source = random(piece + 100);
        byte[] middle = random(piece);
        byte[] end = random(77);
        String tag = storage.putIfAbsent("source", body(source), WORKING).orElseThrow();
        Upload upload = storage.beginUpload("made", SEALED);
        assertThat(storage.listUploads("ma")).containsExactly(upload);
        List<UploadedPiece> pieces = List.of(
                storage.copyPiece(upload, 1, "source", tag, new ByteRange(50, piece)),
                storage.uploadPiece(upload, 2, body(middle)),
                storage.uploadPiece(upload, 3, body(end)));
        assertThat(storage.get("made", new ByteRange(0, 1))).isEqualTo(new Fetched.Absent());
        String made = ((Completed.Made) storage.completeIfAbsent(upload, pieces)).tag();

        Fetched.Found found = (Fetched.Found) storage.getIfMatch("made", new ByteRange(0, 3 * piece), made);
        ByteBuffer expected = ByteBuffer.allocate(2 * piece + 77)
                .put(source, 50, piece)
                .put(middle)
                .put(end)
                .flip();
        assertThat(found.bytes()).isEqualTo(expected);
        assertThat(storage.listUploads("")).isEmpty();
    }

    @Test
    void piecesAreNotMadeAnObjectWhereOneIs() throws IOException {
        Upload upload = storage.beginUpload("key", SEALED);
        UploadedPiece piece = storage.uploadPiece(upload, 1, body("pieces"));
        assertThat(storage.putIfAbsent("key", body("first"), WORKING)).isPresent();
        assertThat(storage.completeIfAbsent(upload, List.of(piece))).isEqualTo(new Completed.Taken());
        assertThat(text(storage, "key")).isEqualTo("first");
        storage.abort(upload);
    }

    @Test
    void anUploadThatIsGoneIsAbortedAndNotCompletedAndTakesNoPiece() throws IOException {
        String tag = storage.putIfAbsent("source", body("source"), WORKING).orElseThrow();
        Upload upload = storage.beginUpload("key", SEALED);
        UploadedPiece piece = storage.uploadPiece(upload, 1, body("pieces"));
        storage.abort(upload);
        storage.abort(upload);
        assertThat(storage.completeIfAbsent(upload, List.of(piece))).isEqualTo(new Completed.Gone());
        assertThatThrownBy(() -> storage.uploadPiece(upload, 2, body("late")))
                .isInstanceOf(UploadGoneException.class)
                .hasMessageContaining("cannot upload piece 2 of " + storage.describe("key"));
        assertThatThrownBy(() -> storage.copyPiece(upload, 2, "source", tag, new ByteRange(0, 3)))
                .isInstanceOf(UploadGoneException.class);
        assertThat(storage.listUploads("")).isEmpty();
    }

    @Test
    void aPartOfAnotherObjectThanTheExpectedIsNotCopied() throws IOException {
        assertThat(storage.putIfAbsent("source", body("source"), WORKING)).isPresent();
        Upload upload = storage.beginUpload("made", SEALED);
        assertThatThrownBy(() -> storage.copyPiece(upload, 1, "source", "\"other\"", new ByteRange(0, 3)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        "cannot copy " + storage.describe("source") + " into piece 1 of " + storage.describe("made"));
        assertThatThrownBy(() -> storage.copyPiece(upload, 1, "none", "\"other\"", new ByteRange(0, 3)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("NoSuchKey");
        storage.abort(upload);
    }

    @Test
    void aBodyOfManyBuffersIsWrittenInTheirOrder() throws IOException {
        List<ByteBuffer> buffers = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            ByteBuffer text = UTF_8.encode("." + i);
            buffers.add(
                    i % 2 == 0 ? text : ByteBuffer.allocateDirect(9).put(text).flip());
            expected.append('.').append(i);
        }
        assertThat(storage.putIfAbsent("key", new ObjectBody(buffers), WORKING)).isPresent();
        assertThat(text(storage, "key")).isEqualTo(expected.toString());
    }

    @Test
    void largeBodiesComeBackAsTheyWere() throws IOException {
        byte[] large = random(9 << 20);
        assertThat(storage.putIfAbsent("key", body(large), WORKING)).isPresent();
        assertThat(bytes(storage.get("key", new ByteRange(0, 1 << 30)))).isEqualTo(large);
    }

    @Test
    void manyThreadsShareAStorage() {
        IntStream.range(0, 100).parallel().forEach(i -> {
            try {
                assertThat(storage.putIfAbsent("key" + i, body("body" + i), WORKING))
                        .isPresent();
                assertThat(text(storage, "key" + i)).isEqualTo("body" + i);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static ObjectBody body(byte[] bytes) {
        return ObjectBody.of(ByteBuffer.wrap(bytes));
    }

    private static ObjectBody body(String text) {
        return Storages.body(text);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
