package io.jwal.s3.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jwal.s3.servers.http.HttpHeaders;
import io.jwal.s3.servers.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** An answer that says no, as S3 says it. */
final class S3Error extends Exception {
    private static final long serialVersionUID = 1;
    private static final AtomicLong REQUESTS = new AtomicLong();

    private final int status;
    private final String code;
    private final LinkedHashMap<String, String> details = new LinkedHashMap<>();
    private final LinkedHashMap<String, String> headers = new LinkedHashMap<>();

    S3Error(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The same with one more element in its body. */
    S3Error with(String element, String value) {
        details.put(element, value);
        return this;
    }

    S3Error withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    static S3Error noSuchKey() {
        return new S3Error(404, "NoSuchKey", "The specified key does not exist.");
    }

    static S3Error preconditionFailed(String condition) {
        return new S3Error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
                .with("Condition", condition);
    }

    static S3Error invalidArgument(String message) {
        return new S3Error(400, "InvalidArgument", message);
    }

    static S3Error notImplemented(String what) {
        return new S3Error(501, "NotImplemented", what + " is not implemented");
    }

    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    HttpResponse response(S3Request request) {
        String id = requestId();
        Xml xml = new Xml("Error").element("Code", code).element("Message", message());
        if (!request.key().isEmpty()) {
            xml.element("Key", request.key());
        }
        xml.element("BucketName", request.bucket());
        details.forEach(xml::element);
        HttpHeaders sent = new HttpHeaders();
        sent.add("x-amz-request-id", id);
        sent.add("Content-Type", "application/xml");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            sent.add(header.getKey(), header.getValue());
        }
        return HttpResponse.of(
                status, sent, xml.element("RequestId", id).toString().getBytes(UTF_8));
    }

    static String requestId() {
        return String.format("%016X", REQUESTS.incrementAndGet());
    }
}
