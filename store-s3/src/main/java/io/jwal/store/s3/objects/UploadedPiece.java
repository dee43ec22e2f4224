package io.jwal.store.s3.objects;

import org.jspecify.annotations.Nullable;

/**
 * A piece that the storage has.
 *
 * @param number its number
 * @param tag its entity tag
 * @param crc32c the checksum that the storage computed of it, in the storage's own text form; null if it tells none
 */
public record UploadedPiece(
        int number, String tag, @Nullable String crc32c) {}
