package io.jwal.s3.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.s3.servers.http.HttpHeaders;
import io.jwal.s3.servers.http.HttpRequest;
import io.jwal.s3.servers.http.HttpResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The requests about one object, and the one that deletes many. */
final class ObjectRequests {
    /** What goes with an object besides its user's metadata. */
    private static final Set<String> KEPT = Set.of(
            "content-type",
            "content-language",
            "content-disposition",
            "cache-control",
            "expires",
            "x-amz-storage-class",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-bucket-key-enabled");

    private static final int MAX_DELETES = 1000;

    private final FakeState state;

    ObjectRequests(FakeState state) {
        this.state = state;
    }

    static Map<String, String> kept(HttpHeaders headers) {
        Map<String, String> kept = new TreeMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (KEPT.contains(lower) || lower.startsWith("x-amz-meta-")) {
                kept.put(lower, value);
            }
        });
        return kept;
    }

    /** What an answer to an upload repeats of how the object is encrypted. */
    static void addEncryption(Map<String, String> kept, HttpHeaders headers) {
        kept.forEach((name, value) -> {
            if (name.startsWith("x-amz-server-side-encryption")) {
                headers.set(name, value);
            }
        });
    }

    HttpResponse put(S3Request request, HttpRequest http) throws IOException, S3Error {
        state.locked(() -> state.bucket(request.bucket()));
        BlobFolder.Received received = new RequestBody(http).receive(state, null);
        Map<String, String> kept = kept(request.headers());
        StoredObject object = new StoredObject(
                received.blob(), '"' + received.md5() + '"', state.now(), kept, received.checksums(), "FULL_OBJECT");
        try {
            state.locked(() -> {
                FakeBucket bucket = state.bucket(request.bucket());
                state.checkWrite(request, bucket.objects.get(request.key()), false);
                state.install(bucket, request.key(), object);
                return object;
            });
        } catch (S3Error e) {
            received.blob().delete();
            throw e;
        }
        HttpHeaders headers = new HttpHeaders();
        headers.set("ETag", object.etag());
        object.addChecksums(headers);
        addEncryption(kept, headers);
        return HttpResponse.of(200, headers, new byte[0]);
    }

    HttpResponse get(S3Request request) throws IOException, S3Error {
        return state.locked(() -> {
            StoredObject object = state.bucket(request.bucket()).objects.get(request.key());
            if (object == null) {
                throw S3Error.noSuchKey();
            }
            HttpHeaders headers = new HttpHeaders();
            object.describe(headers);
            if (isUnchanged(request, object)) {
                return HttpResponse.of(304, headers, new byte[0]);
            }
            long size = object.blob().length();
            ByteRange range = range(request, size);
            if (range == null) {
                if (request.headers().lists("x-amz-checksum-mode", "ENABLED")) {
                    object.addChecksums(headers);
                }
                return response(200, headers, object, new ByteRange(0, size));
            }
            headers.set("Content-Range", range.contentRange(size));
            return response(206, headers, object, range);
        });
    }

    private static HttpResponse response(int status, HttpHeaders headers, StoredObject object, ByteRange range)
            throws IOException {
        return new HttpResponse(status, headers, range.length(), object.blob().open(range.first(), range.length()));
    }

    private static @Nullable ByteRange range(S3Request request, long size) throws S3Error {
        Optional<String> header = request.headers().first("Range");
        return header.isPresent() ? ByteRange.of(header.get(), size) : null;
    }

    private static boolean isUnchanged(S3Request request, StoredObject object) throws S3Error {
        Optional<String> match = request.headers().first("If-Match");
        if (match.isPresent()) {
            FakeState.checkMatch(match.get(), object);
        }
        return request.headers().first("If-None-Match").filter(object::matches).isPresent();
    }

    HttpResponse delete(S3Request request) throws IOException, S3Error {
        return state.locked(() -> {
            FakeBucket bucket = state.bucket(request.bucket());
            if (request.headers().first("If-Match").isPresent()
                    && !state.honours(Misbehaviour.REFUSE_CONDITIONAL_DELETE)) {
                throw S3Error.notImplemented("If-Match on a delete");
            }
            state.checkWrite(request, bucket.objects.get(request.key()), false);
            state.remove(bucket, request.key());
            return HttpResponse.of(204, new HttpHeaders(), new byte[0]);
        });
    }

    HttpResponse deleteMany(S3Request request, HttpRequest http) throws IOException, S3Error {
        Element body = Xml.parse(new RequestBody(http).verified(state));
        boolean quiet = Xml.text(body, "Quiet").equals("true");
        Xml result = new Xml("DeleteResult");
        if (Xml.children(body, "Object").size() > MAX_DELETES) {
            throw new S3Error(400, "MalformedXML", "More than " + MAX_DELETES + " keys to delete");
        }
        state.locked(() -> {
            FakeBucket bucket = state.bucket(request.bucket());
            for (Element object : Xml.children(body, "Object")) {
                String key = Xml.text(object, "Key");
                String etag = Xml.text(object, "ETag");
                try {
                    if (!etag.isEmpty() && state.honours(Misbehaviour.IGNORE_IF_MATCH)) {
                        FakeState.checkMatch(etag, bucket.objects.get(key));
                    }
                    state.remove(bucket, key);
                    if (!quiet) {
                        result.element(new Xml("Deleted").element("Key", key));
                    }
                } catch (S3Error e) {
                    result.element(new Xml("Error")
                            .element("Key", key)
                            .element("Code", e.code())
                            .element("Message", e.message()));
                }
            }
            return bucket;
        });
        return xml(result);
    }

    static HttpResponse xml(Xml document) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("Content-Type", "application/xml");
        return HttpResponse.of(200, headers, document.toString().getBytes(UTF_8));
    }
}
