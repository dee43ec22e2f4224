package io.jwal.s3.servers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part of an object. */
record ByteRange(long first, long length) {
    private static final Pattern SYNTAX = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /** What a Range header means for an object of that size; null if it is none, and all is meant. */
    static @Nullable ByteRange of(String header, long size) throws S3Error {
        Matcher range = SYNTAX.matcher(header.strip());
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return null;
        }
        if (range.group(1).isEmpty()) {
            long length = Math.min(Long.parseLong(range.group(2)), size);
            return length == 0 ? unsatisfiable(header, size) : new ByteRange(size - length, length);
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(range.group(2)), size - 1);
        if (!range.group(2).isEmpty() && first > Long.parseLong(range.group(2))) {
            return null;
        }
        return first >= size ? unsatisfiable(header, size) : new ByteRange(first, last - first + 1);
    }

    private static ByteRange unsatisfiable(String header, long size) throws S3Error {
        throw new S3Error(416, "InvalidRange", "The requested range is not satisfiable")
                .with("RangeRequested", header)
                .with("ActualObjectSize", "" + size)
                .withHeader("Content-Range", "bytes */" + size);
    }

    String contentRange(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
