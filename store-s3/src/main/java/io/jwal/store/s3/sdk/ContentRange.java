package io.jwal.store.s3.sdk;

import io.jwal.store.s3.objects.ByteRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of an object an answer holds.
 *
 * @param from the first
 * @param length how many
 * @param size the whole object's length
 */
record ContentRange(long from, int length, long size) {
    private static final Pattern HEADER = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /**
     * Reads what the server announced, and holds it against what was asked for.
     *
     * @param asked the range of the request
     * @param header the answer's Content-Range, null if it has none: then it holds the whole object
     * @param announced the answer's Content-Length, null if it has none
     * @throws UnusableAnswerException if that is not the answer to the request
     */
    static ContentRange of(ByteRange asked, @Nullable String header, @Nullable Long announced) {
        long from;
        long length;
        long size;
        if (header == null) {
            if (announced == null) {
                throw new UnusableAnswerException("the server did not say how long its answer is");
            }
            from = 0;
            length = announced;
            size = announced;
        } else {
            Matcher matcher = HEADER.matcher(header);
            if (!matcher.matches()) {
                throw unusable(asked, "bytes \"" + header + "\"");
            }
            from = Long.parseLong(matcher.group(1));
            length = Long.parseLong(matcher.group(2)) - from + 1;
            size = Long.parseLong(matcher.group(3));
        }
        long first = asked.isLast() ? Math.max(0, size - asked.length()) : asked.from();
        if (from != first || length != Math.min(asked.length(), size - first)) {
            throw unusable(asked, length + " bytes from " + from + " of " + size);
        }
        if (announced != null && announced != length) {
            throw unusable(asked, header + " with " + announced + " bytes");
        }
        return new ContentRange(from, (int) length, size);
    }

    private static UnusableAnswerException unusable(ByteRange asked, String got) {
        return new UnusableAnswerException("the server answered a request for " + header(asked) + " with " + got
                + "; use a server, and proxies before it, that honour the Range header");
    }

    boolean isWhole() {
        return length == size;
    }

    /** The header that asks for a range. */
    static String header(ByteRange range) {
        return range.isLast()
                ? "bytes=-" + range.length()
                : "bytes=" + range.from() + "-" + (range.from() + range.length() - 1);
    }
}
