package io.jwal.store.s3.sdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes objects, many with one request. */
final class Deletions {
    private static final int LARGEST_PAGE = 1_000;
    private static final String PERMISSION = "s3:DeleteObject";

    private final Requests requests;
    private final String bucket;

    /** Whether the server knows no other way. */
    private volatile boolean oneByOne;

    Deletions(Requests requests, SdkSettings settings) {
        this.requests = requests;
        this.bucket = settings.bucket();
    }

    void delete(Collection<String> keys) throws IOException {
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += LARGEST_PAGE) {
            List<String> page = all.subList(from, Math.min(all.size(), from + LARGEST_PAGE));
            // Also those that the page failed for: asked for alone, each is tried again or gets its own message
            for (String key : page.size() == 1 || oneByOne ? page : remaining(page)) {
                deleteOne(key);
            }
        }
    }

    /** Deletes a page and returns what may still be there. */
    private List<String> remaining(List<String> page) throws IOException {
        String what = page.get(0) + " and " + (page.size() - 1) + " more";
        return requests.ask(requests.asked("delete", what, PERMISSION), client -> {
            try {
                return failed(deletePage(client, page));
            } catch (AwsServiceException e) {
                if (!Refusals.isNotImplemented(e)) {
                    throw e;
                }
                oneByOne = true;
                return page;
            }
        });
    }

    private DeleteObjectsResponse deletePage(S3Client client, List<String> page) {
        List<ObjectIdentifier> objects = page.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        return client.deleteObjects(request ->
                request.bucket(bucket).delete(delete -> delete.objects(objects).quiet(true)));
    }

    private static List<String> failed(DeleteObjectsResponse answer) {
        List<String> keys = new ArrayList<>();
        for (S3Error error : answer.errors()) {
            if (!"NoSuchKey".equals(error.code())) {
                keys.add(Answers.need(error.key(), "Key"));
            }
        }
        return keys;
    }

    private void deleteOne(String key) throws IOException {
        requests.ask(requests.asked("delete", key, PERMISSION), client -> {
            try {
                return client.deleteObject(request -> request.bucket(bucket).key(key));
            } catch (AwsServiceException e) {
                if (Refusals.isAbsent(e)) {
                    return e;
                }
                throw e;
            }
        });
    }
}
