package io.jwal.store.s3.sdk;

import io.jwal.store.s3.objects.ByteRange;
import io.jwal.store.s3.objects.Fetched;
import java.io.IOException;
import java.nio.ByteBuffer;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads one call's answer, of as many attempts as it takes, into an array of exactly its length. */
final class RangeAnswer implements ResponseTransformer<GetObjectResponse, Fetched> {
    /** Bytes that are damaged on the way are so once; what is damaged every time is so on the server. */
    private static final int MOST_DAMAGED = 3;

    private final ByteRange asked;
    private final boolean checksums;
    private int damaged;

    RangeAnswer(ByteRange asked, boolean checksums) {
        this.asked = asked;
        this.checksums = checksums;
    }

    @Override
    public Fetched transform(GetObjectResponse answer, AbortableInputStream body) {
        ContentRange range = ContentRange.of(asked, answer.contentRange(), answer.contentLength());
        ByteBuffer bytes = ByteBuffer.wrap(read(body, range.length()));
        if (checksums && range.isWhole() && answer.checksumCRC32C() != null) {
            verify(answer.checksumCRC32C(), bytes);
        }
        return new Fetched.Found(Answers.tag(answer.eTag()), range.size(), bytes);
    }

    private static byte[] read(AbortableInputStream body, int length) {
        byte[] bytes = new byte[length];
        try {
            int read = body.readNBytes(bytes, 0, length);
            if (read < length) {
                throw RetryableException.create("the answer ended after " + read + " of " + length + " bytes");
            }
            if (body.read() >= 0) {
                throw RetryableException.create("the answer went on after its " + length + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw RetryableException.create("the answer of " + length + " bytes broke off", e);
        }
    }

    private void verify(String expected, ByteBuffer bytes) {
        if (!Checksums.isOfBytes(expected) || expected.equals(Checksums.of(bytes))) {
            return;
        }
        if (++damaged == MOST_DAMAGED) {
            throw new UnusableAnswerException(
                    "the bytes do not fit the checksum " + expected + " that the server has of" + " them, " + damaged
                            + " times; the object is damaged: restore it, or run wal verify");
        }
        throw RetryableException.create("the bytes do not fit their checksum " + expected);
    }
}
