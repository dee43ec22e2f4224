package io.jwal.s3.servers;

import io.jwal.s3.servers.http.HttpRequest;
import java.util.Map;

/** What a request asks for: S3's own operations, by what they are counted and paid as. */
public enum S3Operation {
    /** PutObject. */
    PUT,
    /** GetObject. */
    GET,
    /** HeadObject. */
    HEAD,
    /** ListObjectsV2. */
    LIST,
    /** DeleteObject. */
    DELETE,
    /** DeleteObjects. */
    DELETE_MANY,
    /** CreateMultipartUpload. */
    MULTIPART_CREATE,
    /** UploadPart. */
    MULTIPART_PART,
    /** UploadPartCopy. */
    MULTIPART_COPY,
    /** CompleteMultipartUpload. */
    MULTIPART_COMPLETE,
    /** AbortMultipartUpload. */
    MULTIPART_ABORT,
    /** ListParts. */
    MULTIPART_PARTS,
    /** ListMultipartUploads. */
    MULTIPART_LIST,
    /** CreateBucket. */
    BUCKET_CREATE,
    /** HeadBucket. */
    BUCKET_HEAD,
    /** DeleteBucket. */
    BUCKET_DELETE,
    /** Anything else. */
    OTHER;

    static S3Operation of(HttpRequest request, String key, Map<String, String> query) {
        return key.isEmpty() ? ofBucket(request.method(), query) : ofObject(request, query);
    }

    private static S3Operation ofBucket(String method, Map<String, String> query) {
        return switch (method) {
            case "GET" ->
                query.containsKey("uploads") ? MULTIPART_LIST : "2".equals(query.get("list-type")) ? LIST : OTHER;
            case "POST" -> query.containsKey("delete") ? DELETE_MANY : OTHER;
            case "PUT" -> query.isEmpty() ? BUCKET_CREATE : OTHER;
            case "HEAD" -> BUCKET_HEAD;
            case "DELETE" -> query.isEmpty() ? BUCKET_DELETE : OTHER;
            default -> OTHER;
        };
    }

    private static S3Operation ofObject(HttpRequest request, Map<String, String> query) {
        boolean upload = query.containsKey("uploadId");
        boolean copies = request.headers().first("x-amz-copy-source").isPresent();
        return switch (request.method()) {
            case "PUT" -> upload ? (copies ? MULTIPART_COPY : MULTIPART_PART) : copies ? OTHER : PUT;
            case "GET" -> upload ? MULTIPART_PARTS : GET;
            case "HEAD" -> HEAD;
            case "POST" -> upload ? MULTIPART_COMPLETE : query.containsKey("uploads") ? MULTIPART_CREATE : OTHER;
            case "DELETE" -> upload ? MULTIPART_ABORT : DELETE;
            default -> OTHER;
        };
    }
}
