package io.jwal.s3.servers;

import io.jwal.s3.servers.http.HttpRequest;
import io.jwal.s3.servers.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Makes an object of the parts of an upload. */
final class MultipartCompletion {
    private static final long MIN_PART = 5L << 20;
    private static final int COPY_BUFFER = 64 << 10;

    private final FakeState state;
    private final MultipartRequests uploads;

    MultipartCompletion(FakeState state, MultipartRequests uploads) {
        this.state = state;
        this.uploads = uploads;
    }

    HttpResponse complete(S3Request request, HttpRequest http) throws IOException, S3Error {
        List<Element> named = Xml.children(Xml.parse(new RequestBody(http).verified(state)), "Part");
        StoredObject object = state.locked(() -> complete(request, named));
        Xml result = new Xml("CompleteMultipartUploadResult")
                .element("Location", "/" + request.bucket() + "/" + request.key())
                .element("Bucket", request.bucket())
                .element("Key", request.key())
                .element("ETag", object.etag());
        object.checksums()
                .forEach((algorithm, value) ->
                        result.element("Checksum" + algorithm, value).element("ChecksumType", object.checksumType()));
        HttpResponse response = ObjectRequests.xml(result);
        ObjectRequests.addEncryption(object.kept(), response.headers());
        return response;
    }

    private StoredObject complete(S3Request request, List<Element> named) throws IOException, S3Error {
        FakeBucket bucket = state.bucket(request.bucket());
        FakeUpload upload = uploads.upload(request);
        List<FakeUpload.Part> parts = parts(upload, named);
        state.checkWrite(request, bucket.objects.get(request.key()), true);

        Blob blob = Blob.of(parts.stream().map(FakeUpload.Part::blob).toList());
        Map<ChecksumAlgorithm, String> checksums = new TreeMap<>();
        if (upload.algorithm() != null) {
            boolean composite = upload.checksumType().equals("COMPOSITE");
            checksums.put(
                    upload.algorithm(),
                    composite ? composite(upload.algorithm(), parts) : whole(upload.algorithm(), blob));
        }
        StoredObject object =
                new StoredObject(blob, etag(parts), state.now(), upload.kept(), checksums, upload.checksumType());
        state.install(bucket, request.key(), object);
        bucket.uploads.remove(upload.id());
        for (FakeUpload.Part part : upload.parts().values()) {
            if (!parts.contains(part)) {
                part.blob().delete();
            }
        }
        return object;
    }

    private static List<FakeUpload.Part> parts(FakeUpload upload, List<Element> named) throws S3Error {
        if (named.isEmpty()) {
            throw new S3Error(400, "MalformedXML", "You must specify at least one part");
        }
        List<FakeUpload.Part> parts = new ArrayList<>();
        int before = 0;
        for (Element element : named) {
            int number = Integer.parseInt(Xml.text(element, "PartNumber"));
            if (number <= before) {
                throw new S3Error(400, "InvalidPartOrder", "The list of parts was not in ascending order.");
            }
            before = number;
            parts.add(part(upload, element, number));
        }
        for (FakeUpload.Part part : parts.subList(0, parts.size() - 1)) {
            if (part.blob().length() < MIN_PART) {
                throw new S3Error(
                                400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
                        .with("ProposedSize", "" + part.blob().length())
                        .with("MinSizeAllowed", "" + MIN_PART)
                        .with("ETag", part.md5());
            }
        }
        return parts;
    }

    private static FakeUpload.Part part(FakeUpload upload, Element element, int number) throws S3Error {
        FakeUpload.@Nullable Part part = upload.parts().get(number);
        boolean right = part != null
                && StoredObject.unquoted(Xml.text(element, "ETag")).equals(part.md5())
                && part.checksums().entrySet().stream().allMatch(checksum -> {
                    String said = Xml.text(element, "Checksum" + checksum.getKey());
                    return said.isEmpty() || said.equals(checksum.getValue());
                });
        if (part == null || !right) {
            throw new S3Error(
                            400,
                            "InvalidPart",
                            "One or more of the specified parts could not be found. The part may not have been"
                                    + " uploaded, or the specified entity tag may not match the part's entity tag.")
                    .with("PartNumber", "" + number);
        }
        return part;
    }

    private static String etag(List<FakeUpload.Part> parts) {
        MessageDigest md5 = ChecksumAlgorithm.digest("MD5");
        parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.md5())));
        return '"' + HexFormat.of().formatHex(md5.digest()) + "-" + parts.size() + '"';
    }

    private static String composite(ChecksumAlgorithm algorithm, List<FakeUpload.Part> parts) {
        ChecksumAlgorithm.Running running = algorithm.start();
        for (FakeUpload.Part part : parts) {
            byte[] checksum = Base64.getDecoder().decode(part.checksums().get(algorithm));
            running.update(checksum, 0, checksum.length);
        }
        return running.finishAsText() + "-" + parts.size();
    }

    private static String whole(ChecksumAlgorithm algorithm, Blob blob) throws IOException {
        ChecksumAlgorithm.Running running = algorithm.start();
        byte[] buffer = new byte[COPY_BUFFER];
        try (InputStream in = blob.open(0, blob.length())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                running.update(buffer, 0, read);
            }
        }
        return running.finishAsText();
    }
}
