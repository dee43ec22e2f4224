package io.jwal.s3.servers;

import io.jwal.s3.servers.http.ChunkedBody;
import io.jwal.s3.servers.http.HttpHeaders;
import io.jwal.s3.servers.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes in the body of an upload, in whichever coding it comes, and checks all that the client says of it. */
final class RequestBody {
    private static final int SHA256_LENGTH = 64;

    private final HttpHeaders headers;
    private final @Nullable ChunkedBody chunks;
    private final InputStream body;

    RequestBody(HttpRequest request) {
        headers = request.headers();
        chunks = payloadHash().startsWith("STREAMING-") ? new ChunkedBody(request.body()) : null;
        body = chunks == null ? request.body() : chunks;
    }

    private String payloadHash() {
        return headers.first("x-amz-content-sha256").orElse("");
    }

    BlobFolder.Received receive(FakeState state, @Nullable ChecksumAlgorithm also) throws IOException, S3Error {
        Set<ChecksumAlgorithm> wanted = EnumSet.noneOf(ChecksumAlgorithm.class);
        String trailer = headers.first("x-amz-trailer").orElse("").toLowerCase(Locale.ROOT);
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            if (algorithm == also
                    || trailer.equals(algorithm.header())
                    || headers.first(algorithm.header()).isPresent()) {
                wanted.add(algorithm);
            }
        }
        boolean hashed = payloadHash().length() == SHA256_LENGTH;
        BlobFolder.Received received = state.folder.receive(body, wanted, hashed);
        try {
            check(received, hashed);
        } catch (S3Error e) {
            received.blob().delete();
            throw e;
        }
        return received;
    }

    /** The body of a request that is not an upload, checked as well. */
    InputStream verified(FakeState state) throws IOException, S3Error {
        Blob blob = receive(state, null).blob();
        try (InputStream in = blob.open(0, blob.length())) {
            return new ByteArrayInputStream(in.readAllBytes());
        } finally {
            blob.delete();
        }
    }

    private void check(BlobFolder.Received received, boolean hashed) throws S3Error {
        Optional<String> length = headers.first("x-amz-decoded-content-length");
        if (length.isPresent() && !length.get().equals("" + received.blob().length())) {
            throw new S3Error(
                    400,
                    "IncompleteBody",
                    "The request body has " + received.blob().length() + " bytes, not the announced " + length.get());
        }
        if (hashed && !payloadHash().equals(received.sha256())) {
            throw new S3Error(
                    400,
                    "XAmzContentSHA256Mismatch",
                    "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
        Optional<String> md5 = headers.first("Content-MD5");
        byte[] digest = HexFormat.of().parseHex(received.md5());
        if (md5.isPresent() && !md5.get().equals(Base64.getEncoder().encodeToString(digest))) {
            throw new S3Error(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
        for (Map.Entry<ChecksumAlgorithm, String> checksum :
                received.checksums().entrySet()) {
            String header = checksum.getKey().header();
            Optional<String> expected = headers.first(header)
                    .or(() -> chunks == null
                            ? Optional.empty()
                            : chunks.trailers().first(header));
            if (expected.isPresent() && !expected.get().equals(checksum.getValue())) {
                throw new S3Error(
                        400,
                        "BadDigest",
                        "The " + checksum.getKey() + " you specified did not match the calculated checksum.");
            }
        }
    }
}
