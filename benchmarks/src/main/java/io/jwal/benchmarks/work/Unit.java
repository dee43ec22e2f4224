package io.jwal.benchmarks.work;

/** What a case counts in. */
public enum Unit {
    PER_SECOND("entries/s", true),
    NANOS("ns", false),
    MILLIS("ms", false),
    MICROS("µs", false),
    MEGABYTES("MB", false),
    MEGABYTES_PER_SECOND("MB/s", true),
    TIMES("×", false);

    private final String text;
    private final boolean moreIsBetter;

    Unit(String text, boolean moreIsBetter) {
        this.text = text;
        this.moreIsBetter = moreIsBetter;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }

    /** Whether a larger figure is the better one. */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** How many times as good as the other one figure is. */
    public double ratio(double one, double other) {
        return moreIsBetter ? one / other : other / one;
    }
}
