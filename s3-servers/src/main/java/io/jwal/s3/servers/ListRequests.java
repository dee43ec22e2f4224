package io.jwal.s3.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.s3.servers.http.HttpResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Listings of objects and of unfinished uploads. */
final class ListRequests {
    private static final int MAX_KEYS = 1000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final FakeState state;

    ListRequests(FakeState state) {
        this.state = state;
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    static int number(S3Request request, String parameter, int otherwise) throws S3Error {
        String text = request.query().getOrDefault(parameter, "" + otherwise);
        if (!text.matches("\\d{1,9}")) {
            throw S3Error.invalidArgument("Provided " + parameter + " not an integer or within integer range");
        }
        return Integer.parseInt(text);
    }

    HttpResponse objects(S3Request request) throws IOException, S3Error {
        Map<String, String> query = request.query();
        String prefix = query.getOrDefault("prefix", "");
        String delimiter = query.getOrDefault("delimiter", "");
        int max = Math.min(number(request, "max-keys", MAX_KEYS), MAX_KEYS);
        String token = query.getOrDefault("continuation-token", "");
        String after = token.isEmpty() ? query.getOrDefault("start-after", "") : decodeToken(token);
        boolean encoded = query.getOrDefault("encoding-type", "").equals("url");
        Xml result = new Xml("ListBucketResult")
                .element("Name", request.bucket())
                .element("Prefix", encode(prefix, encoded))
                .element("MaxKeys", "" + max);
        if (!delimiter.isEmpty()) {
            result.element("Delimiter", encode(delimiter, encoded));
        }
        if (encoded) {
            result.element("EncodingType", "url");
        }
        if (!token.isEmpty()) {
            result.element("ContinuationToken", token);
        }
        if (query.containsKey("start-after")) {
            result.element("StartAfter", encode(query.get("start-after"), encoded));
        }
        state.locked(() -> {
            NavigableMap<String, StoredObject> listed =
                    state.bucket(request.bucket()).listed();
            return new Page(listed, prefix, delimiter, max, encoded).write(result, after);
        });
        return ObjectRequests.xml(result);
    }

    private static String decodeToken(String token) throws S3Error {
        try {
            return new String(Base64.getUrlDecoder().decode(token), UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Error.invalidArgument("The continuation token provided is incorrect");
        }
    }

    private static String encode(String text, boolean encoded) {
        return encoded ? URLEncoder.encode(text, UTF_8).replace("%2F", "/").replace("%7E", "~") : text;
    }

    /** One answer's worth of a listing. */
    private final class Page {
        private final NavigableMap<String, StoredObject> listed;
        private final String prefix;
        private final String delimiter;
        private final int max;
        private final boolean encoded;

        Page(NavigableMap<String, StoredObject> listed, String prefix, String delimiter, int max, boolean encoded) {
            this.listed = listed;
            this.prefix = prefix;
            this.delimiter = delimiter;
            this.max = max;
            this.encoded = encoded;
        }

        Xml write(Xml result, String after) {
            int count = 0;
            String last = after;
            String key = next(after);
            while (key != null && count < max) {
                String group = group(key);
                if (group.isEmpty()) {
                    last = key;
                    result.element(describe(key, listed.get(key)));
                } else {
                    last = group + Character.toString(Character.MAX_CODE_POINT);
                    result.element(new Xml("CommonPrefixes").element("Prefix", encode(group, encoded)));
                }
                count++;
                key = next(last);
            }
            result.element("KeyCount", "" + count).element("IsTruncated", "" + (key != null && max > 0));
            if (key != null && max > 0) {
                result.element("NextContinuationToken", Base64.getUrlEncoder().encodeToString(last.getBytes(UTF_8)));
            }
            return result;
        }

        private @Nullable String next(String after) {
            boolean inside = FakeBucket.BY_BYTES.compare(after, prefix) >= 0 && !after.isEmpty();
            String key = inside ? listed.higherKey(after) : listed.ceilingKey(prefix);
            while (key != null && state.hiddenFromListings.test(key)) {
                key = listed.higherKey(key);
            }
            return key != null && key.startsWith(prefix) ? key : null;
        }

        /** What the key is shown as part of; empty if it is shown itself. */
        private String group(String key) {
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            return end < 0 ? "" : key.substring(0, end + delimiter.length());
        }

        private Xml describe(String key, @Nullable StoredObject object) {
            Xml contents = new Xml("Contents").element("Key", encode(key, encoded));
            if (object != null) {
                contents.element("LastModified", time(object.modified()))
                        .element("ETag", object.etag())
                        .element("Size", "" + object.blob().length())
                        .element("StorageClass", object.kept().getOrDefault("x-amz-storage-class", "STANDARD"));
            }
            return contents;
        }
    }

    HttpResponse uploads(S3Request request) throws IOException, S3Error {
        Map<String, String> query = request.query();
        int max = Math.min(number(request, "max-uploads", MAX_KEYS), MAX_KEYS);
        String prefix = query.getOrDefault("prefix", "");
        String keyMarker = query.getOrDefault("key-marker", "");
        String idMarker = query.getOrDefault("upload-id-marker", "");
        boolean encoded = query.getOrDefault("encoding-type", "").equals("url");
        Xml result = new Xml("ListMultipartUploadsResult")
                .element("Bucket", request.bucket())
                .element("Prefix", encode(prefix, encoded))
                .element("KeyMarker", encode(keyMarker, encoded))
                .element("UploadIdMarker", idMarker)
                .element("MaxUploads", "" + max);
        if (encoded) {
            result.element("EncodingType", "url");
        }
        state.locked(() -> {
            List<FakeUpload> rest = state.bucket(request.bucket()).uploads.values().stream()
                    .filter(upload -> upload.key().startsWith(prefix))
                    .filter(upload -> isAfter(upload, keyMarker, idMarker))
                    .sorted(Comparator.comparing(FakeUpload::key, FakeBucket.BY_BYTES)
                            .thenComparing(FakeUpload::id))
                    .toList();
            List<FakeUpload> shown = rest.subList(0, Math.min(max, rest.size()));
            for (FakeUpload upload : shown) {
                result.element(new Xml("Upload")
                        .element("Key", encode(upload.key(), encoded))
                        .element("UploadId", upload.id())
                        .element("Initiated", time(upload.initiated())));
            }
            boolean more = shown.size() < rest.size() && !shown.isEmpty();
            if (more) {
                FakeUpload last = shown.get(shown.size() - 1);
                result.element("NextKeyMarker", encode(last.key(), encoded)).element("NextUploadIdMarker", last.id());
            }
            return result.element("IsTruncated", "" + more);
        });
        return ObjectRequests.xml(result);
    }

    private static boolean isAfter(FakeUpload upload, String keyMarker, String idMarker) {
        int order = FakeBucket.BY_BYTES.compare(upload.key(), keyMarker);
        return order > 0 || (order == 0 && !idMarker.isEmpty() && upload.id().compareTo(idMarker) > 0);
    }
}
