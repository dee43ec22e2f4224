package io.jwal.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, for configuration records.
 *
 * @param bytes the number, at least 0
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int STEP = 1024;
    private static final long KIBI = STEP;
    private static final long MEBI = STEP * KIBI;
    private static final long GIBI = STEP * MEBI;
    private static final long TEBI = STEP * GIBI;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is at least 0 bytes, but got " + bytes);
        }
    }

    /**
     * A number of bytes.
     *
     * @param bytes the number, at least 0
     * @return the size
     */
    public static ByteSize ofBytes(long bytes) {
        return new ByteSize(bytes);
    }

    /**
     * A number of kibibytes (1,024 bytes).
     *
     * @param kibibytes the number, at least 0
     * @return the size
     */
    public static ByteSize ofKibibytes(long kibibytes) {
        return new ByteSize(Math.multiplyExact(kibibytes, KIBI));
    }

    /**
     * A number of mebibytes (1,048,576 bytes).
     *
     * @param mebibytes the number, at least 0
     * @return the size
     */
    public static ByteSize ofMebibytes(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, MEBI));
    }

    /**
     * Reads a size: a plain number of bytes, or one with a unit: {@code KiB MiB GiB TiB} (powers of 1,024), {@code KB
     * MB GB TB} (powers of 1,000), {@code B}; in any case, with or without a space.
     *
     * @param text such as {@code 64MiB}
     * @return the size
     * @throws IllegalArgumentException if the text is anything else, or not a whole number of bytes below 2^63
     */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size: \"" + text + "\"; write bytes or a unit, such as 64MiB");
        }
        BigDecimal amount = new BigDecimal(matcher.group(1));
        try {
            return new ByteSize(amount.multiply(BigDecimal.valueOf(unit(matcher.group(2), text)))
                    .longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a whole number of bytes below 8 EiB; write a smaller or rounder size", e);
        }
    }

    private static long unit(String name, String text) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "", "b" -> 1L;
            case "kib" -> KIBI;
            case "mib" -> MEBI;
            case "gib" -> GIBI;
            case "tib" -> TEBI;
            case "kb" -> 1_000L;
            case "mb" -> 1_000_000L;
            case "gb" -> 1_000_000_000L;
            case "tb" -> 1_000_000_000_000L;
            default ->
                throw new IllegalArgumentException("unknown unit in \"" + text
                        + "\"; use B, KiB, MiB, GiB, TiB (powers of 1024) or KB, MB, GB, TB (powers of 1000)");
        };
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The size in the largest binary unit that gives a whole number, such as {@code 64MiB}; {@link #parse} reads it. */
    @Override
    public String toString() {
        long amount = bytes;
        int unit = 0;
        while (amount != 0 && amount % STEP == 0 && unit < BINARY.length - 1) {
            amount /= STEP;
            unit++;
        }
        return amount + BINARY[unit];
    }

    /**
     * The size for people, rounded to one decimal of the largest fitting binary unit, such as {@code 1.5 GiB}.
     *
     * @return the text
     */
    public String toRoundedString() {
        BigDecimal amount = BigDecimal.valueOf(bytes);
        int unit = 0;
        while (amount.compareTo(BigDecimal.valueOf(STEP)) >= 0 && unit < BINARY.length - 1) {
            amount = amount.divide(BigDecimal.valueOf(STEP));
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : amount.setScale(1, RoundingMode.HALF_UP).toPlainString() + " " + BINARY[unit];
    }
}
