package io.jwal.store.s3.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.store.s3.objects.ListedObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists objects. */
final class Listings {
    /** More is not answered at once. */
    private static final int LARGEST_PAGE = 1_000;

    private final Requests requests;
    private final String bucket;

    Listings(Requests requests, SdkSettings settings) {
        this.requests = requests;
        this.bucket = settings.bucket();
    }

    List<ListedObject> page(String prefix, String after, int most) throws IOException {
        return requests.ask(requests.asked("list", prefix, "s3:ListBucket"), client -> {
            ListObjectsV2Response answer = client.listObjectsV2(request -> request.bucket(bucket)
                    .prefix(prefix)
                    .startAfter(after.isEmpty() ? null : after)
                    .maxKeys(Math.min(most, LARGEST_PAGE)));
            return checked(answer.contents(), prefix, after);
        });
    }

    /** A server that goes back would be asked for ever. */
    private static List<ListedObject> checked(List<S3Object> contents, String prefix, String after) {
        List<ListedObject> page = new ArrayList<>(contents.size());
        String last = after;
        for (S3Object object : contents) {
            String key = Answers.need(object.key(), "Key");
            if (!key.startsWith(prefix) || !isBefore(last, key)) {
                throw new UnusableAnswerException("the server listed \"" + key + "\" after \"" + last
                        + "\"; use a server that lists in the order of the keys' bytes");
            }
            page.add(new ListedObject(key, Answers.need(object.size(), "Size")));
            last = key;
        }
        return page;
    }

    private static boolean isBefore(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8)) < 0;
    }
}
