package io.jwal.core.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as they are written in a configuration: {@code 100ms}, {@code 30d} or ISO-8601's {@code PT0.1S}. */
public final class DurationText {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*(ms|s|m|h|d)");
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:\\.\\d+)?");
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final long HOUR = 3_600;
    private static final long DAY = 24 * HOUR;

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param text such as {@code 100ms}
     * @return the duration, at least zero
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Duration parse(String text) {
        String written = text.strip();
        if (NUMBER.matcher(written).matches()) {
            throw new IllegalArgumentException(written + " has no unit; write a unit, such as 100ms");
        }
        Matcher matcher = TEXT.matcher(written);
        if (matcher.matches()) {
            return scaled(new BigDecimal(matcher.group(1)), matcher.group(2));
        }
        try {
            Duration iso = Duration.parse(written);
            if (!iso.isNegative()) {
                return iso;
            }
        } catch (DateTimeException e) {
            // Neither of the two forms: told below.
        }
        throw new IllegalArgumentException(
                Quoted.text(text) + " is not a duration; write a number and ms, s, m, h or d, such as 100ms");
    }

    private static Duration scaled(BigDecimal amount, String unit) {
        BigDecimal seconds = switch (unit) {
            case "ms" -> amount.movePointLeft(3);
            case "s" -> amount;
            case "m" -> amount.multiply(BigDecimal.valueOf(60));
            case "h" -> amount.multiply(BigDecimal.valueOf(HOUR));
            default -> amount.multiply(BigDecimal.valueOf(DAY));
        };
        long whole = seconds.longValue();
        return Duration.ofSeconds(
                whole,
                seconds.subtract(BigDecimal.valueOf(whole)).multiply(NANOS).longValue());
    }

    /**
     * Writes a duration in the largest unit that gives a whole number.
     *
     * @param duration the duration
     * @return the text; {@link #parse} reads it
     */
    public static String of(Duration duration) {
        if (duration.isNegative() || duration.toNanosPart() % 1_000_000 != 0) {
            return duration.toString();
        }
        long seconds = duration.toSeconds();
        if (duration.toNanosPart() != 0 || seconds == 0) {
            return seconds < DAY ? duration.toMillis() + "ms" : duration.toString();
        }
        if (seconds % DAY == 0) {
            return seconds / DAY + "d";
        }
        if (seconds % HOUR == 0) {
            return seconds / HOUR + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
