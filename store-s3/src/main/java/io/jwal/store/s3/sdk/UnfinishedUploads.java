package io.jwal.store.s3.sdk;

import io.jwal.store.StoreException;
import io.jwal.store.s3.objects.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Lists uploads that nobody completed. */
final class UnfinishedUploads {
    /** A million uploads; a server that turns in circles ends here. */
    private static final int MOST_PAGES = 1_000;

    private final Requests requests;
    private final String bucket;

    UnfinishedUploads(Requests requests, SdkSettings settings) {
        this.requests = requests;
        this.bucket = settings.bucket();
    }

    List<Upload> list(String prefix) throws IOException {
        Asked asked = requests.asked("list unfinished uploads of", prefix, "s3:ListBucketMultipartUploads");
        List<Upload> uploads = new ArrayList<>();
        @Nullable ListMultipartUploadsResponse last = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            ListMultipartUploadsResponse page = page(asked, prefix, last);
            for (MultipartUpload upload : page.uploads()) {
                uploads.add(new Upload(upload.key(), upload.uploadId()));
            }
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return uploads;
            }
            last = page;
        }
        throw new StoreException(asked.failed() + "there is no end after " + uploads.size()
                + "; abort them with a lifecycle rule of the bucket");
    }

    private ListMultipartUploadsResponse page(Asked asked, String prefix, @Nullable ListMultipartUploadsResponse last)
            throws IOException {
        return requests.ask(
                asked,
                client -> client.listMultipartUploads(request -> request.bucket(bucket)
                        .prefix(prefix)
                        .keyMarker(last == null ? null : last.nextKeyMarker())
                        .uploadIdMarker(last == null ? null : last.nextUploadIdMarker())));
    }
}
