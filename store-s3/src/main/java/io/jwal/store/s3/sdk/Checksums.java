package io.jwal.store.s3.sdk;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** Checksums in S3's text form. */
final class Checksums {
    private Checksums() {}

    static String text(int crc32c) {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(Integer.BYTES).putInt(crc32c).array());
    }

    static String of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return text((int) crc.getValue());
    }

    /** Whether it is one of the whole object's bytes, and not of its pieces' checksums. */
    static boolean isOfBytes(String text) {
        return !text.contains("-");
    }
}
