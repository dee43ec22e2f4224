package io.jwal.s3.servers;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that clients send along and ask back. */
enum ChecksumAlgorithm {
    CRC32,
    CRC32C,
    SHA1,
    SHA256;

    /** One that is being computed. */
    interface Running {
        void update(byte[] bytes, int offset, int length);

        byte[] finish();

        default String finishAsText() {
            return Base64.getEncoder().encodeToString(finish());
        }
    }

    Running start() {
        return switch (this) {
            case CRC32 -> new OfCrc(new CRC32());
            case CRC32C -> new OfCrc(new CRC32C());
            case SHA1 -> new OfDigest(digest("SHA-1"));
            case SHA256 -> new OfDigest(digest("SHA-256"));
        };
    }

    String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }

    private record OfCrc(Checksum crc) implements Running {
        @Override
        public void update(byte[] bytes, int offset, int length) {
            crc.update(bytes, offset, length);
        }

        @Override
        public byte[] finish() {
            return ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        }
    }

    private record OfDigest(MessageDigest digest) implements Running {
        @Override
        public void update(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }

        @Override
        public byte[] finish() {
            return digest.digest();
        }
    }
}
