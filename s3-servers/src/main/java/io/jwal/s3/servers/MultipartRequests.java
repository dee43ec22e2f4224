package io.jwal.s3.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.s3.servers.http.HttpHeaders;
import io.jwal.s3.servers.http.HttpRequest;
import io.jwal.s3.servers.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Uploads in parts, but for their completion. */
final class MultipartRequests {
    private static final int MAX_PARTS = 10_000;

    private final FakeState state;

    MultipartRequests(FakeState state) {
        this.state = state;
    }

    HttpResponse create(S3Request request) throws IOException, S3Error {
        Optional<String> named = request.headers().first("x-amz-checksum-algorithm");
        ChecksumAlgorithm algorithm = named.isPresent() ? algorithm(named.get()) : null;
        String type = request.headers().first("x-amz-checksum-type").orElse("COMPOSITE");
        FakeUpload upload = state.locked(() -> {
            FakeUpload created = new FakeUpload(
                    state.newUploadId(),
                    request.key(),
                    state.now(),
                    ObjectRequests.kept(request.headers()),
                    algorithm,
                    type,
                    new TreeMap<>());
            state.bucket(request.bucket()).uploads.put(created.id(), created);
            return created;
        });
        HttpResponse response = ObjectRequests.xml(new Xml("InitiateMultipartUploadResult")
                .element("Bucket", request.bucket())
                .element("Key", request.key())
                .element("UploadId", upload.id()));
        ObjectRequests.addEncryption(upload.kept(), response.headers());
        if (algorithm != null) {
            response.headers().set("x-amz-checksum-algorithm", algorithm.name());
            response.headers().set("x-amz-checksum-type", type);
        }
        return response;
    }

    private static ChecksumAlgorithm algorithm(String name) throws S3Error {
        try {
            return ChecksumAlgorithm.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw S3Error.notImplemented("the checksum " + name);
        }
    }

    FakeUpload upload(S3Request request) throws S3Error {
        FakeUpload upload =
                state.bucket(request.bucket()).uploads.get(request.query().get("uploadId"));
        if (upload == null || !upload.key().equals(request.key())) {
            throw new S3Error(
                            404,
                            "NoSuchUpload",
                            "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
                                    + " been aborted or completed.")
                    .with("UploadId", request.query().getOrDefault("uploadId", ""));
        }
        return upload;
    }

    HttpResponse part(S3Request request, HttpRequest http) throws IOException, S3Error {
        FakeUpload upload = state.locked(() -> upload(request));
        BlobFolder.Received received = new RequestBody(http).receive(state, upload.algorithm());
        FakeUpload.Part part = add(request, received);
        HttpHeaders headers = new HttpHeaders();
        headers.set("ETag", part.etag());
        part.checksums().forEach((algorithm, value) -> headers.set(algorithm.header(), value));
        ObjectRequests.addEncryption(upload.kept(), headers);
        return HttpResponse.of(200, headers, new byte[0]);
    }

    private FakeUpload.Part add(S3Request request, BlobFolder.Received received) throws IOException, S3Error {
        FakeUpload.Part part = new FakeUpload.Part(received.blob(), received.md5(), state.now(), received.checksums());
        try {
            return state.locked(() -> {
                FakeUpload.Part old = upload(request).parts().put(number(request), part);
                if (old != null) {
                    old.blob().delete();
                }
                return part;
            });
        } catch (S3Error e) {
            received.blob().delete();
            throw e;
        }
    }

    private static int number(S3Request request) throws S3Error {
        String number = request.query().getOrDefault("partNumber", "");
        if (!number.matches("\\d{1,5}") || Integer.parseInt(number) < 1 || Integer.parseInt(number) > MAX_PARTS) {
            throw S3Error.invalidArgument("Part number must be an integer between 1 and 10000, inclusive")
                    .with("ArgumentName", "partNumber")
                    .with("ArgumentValue", number);
        }
        return Integer.parseInt(number);
    }

    HttpResponse copy(S3Request request) throws IOException, S3Error {
        String source =
                URLDecoder.decode(request.headers().first("x-amz-copy-source").orElse(""), UTF_8);
        String path = source.startsWith("/") ? source.substring(1) : source;
        int slash = path.indexOf('/');
        if (slash < 1) {
            throw S3Error.invalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }
        FakeUpload upload = state.locked(() -> upload(request));
        InputStream opened = state.locked(() -> source(request, path.substring(0, slash), path.substring(slash + 1)));
        BlobFolder.Received received;
        try (InputStream in = opened) {
            List<ChecksumAlgorithm> wanted = upload.algorithm() == null ? List.of() : List.of(upload.algorithm());
            received = state.folder.receive(in, wanted, false);
        }
        FakeUpload.Part part = add(request, received);
        return ObjectRequests.xml(describe(new Xml("CopyPartResult"), part));
    }

    private InputStream source(S3Request request, String bucket, String key) throws IOException, S3Error {
        StoredObject object = state.bucket(bucket).objects.get(key);
        if (object == null) {
            throw S3Error.noSuchKey();
        }
        Optional<String> match = request.headers().first("x-amz-copy-source-if-match");
        if (match.isPresent() && !object.matches(match.get())) {
            throw S3Error.preconditionFailed("x-amz-copy-source-If-Match");
        }
        long size = object.blob().length();
        Optional<String> header = request.headers().first("x-amz-copy-source-range");
        ByteRange range = new ByteRange(0, size);
        if (header.isPresent()) {
            range = copyRange(header.get(), size);
        }
        return object.blob().open(range.first(), range.length());
    }

    /** A range to copy lies within its object, unlike one to get. */
    private static ByteRange copyRange(String header, long size) throws S3Error {
        @Nullable ByteRange range = header.matches("bytes=\\d+-\\d+") ? ByteRange.of(header, size) : null;
        if (range == null) {
            throw S3Error.invalidArgument(
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are"
                            + " the zero-based offsets of the first and last bytes to copy");
        }
        long last = Long.parseLong(header.substring(header.indexOf('-') + 1));
        if (last >= size) {
            throw S3Error.invalidArgument("Range specified is not valid for source object of size: " + size);
        }
        return range;
    }

    HttpResponse abort(S3Request request) throws IOException, S3Error {
        return state.locked(() -> {
            FakeUpload upload = upload(request);
            state.bucket(request.bucket()).uploads.remove(upload.id());
            for (FakeUpload.Part part : upload.parts().values()) {
                part.blob().delete();
            }
            return HttpResponse.of(204, new HttpHeaders(), new byte[0]);
        });
    }

    HttpResponse listParts(S3Request request) throws IOException, S3Error {
        int max = ListRequests.number(request, "max-parts", 1000);
        int after = ListRequests.number(request, "part-number-marker", 0);
        Xml result = new Xml("ListPartsResult")
                .element("Bucket", request.bucket())
                .element("Key", request.key())
                .element("UploadId", request.query().getOrDefault("uploadId", ""))
                .element("PartNumberMarker", "" + after)
                .element("MaxParts", "" + max);
        state.locked(() -> {
            int listed = 0;
            int last = after;
            Map<Integer, FakeUpload.Part> rest = upload(request).parts().tailMap(after, false);
            for (Map.Entry<Integer, FakeUpload.Part> part : rest.entrySet()) {
                if (listed == max) {
                    break;
                }
                last = part.getKey();
                Xml element = new Xml("Part").element("PartNumber", "" + last);
                result.element(describe(element, part.getValue())
                        .element("Size", "" + part.getValue().blob().length()));
                listed++;
            }
            return result.element("NextPartNumberMarker", "" + last)
                    .element("IsTruncated", "" + (listed < rest.size()));
        });
        return ObjectRequests.xml(result);
    }

    private static Xml describe(Xml element, FakeUpload.Part part) {
        element.element("ETag", part.etag()).element("LastModified", ListRequests.time(part.modified()));
        part.checksums().forEach((algorithm, value) -> element.element("Checksum" + algorithm, value));
        return element;
    }
}
