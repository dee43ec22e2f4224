package io.jwal.benchmarks.report;

import io.jwal.benchmarks.work.Unit;
import java.util.Locale;

/** Figures as people read them: three digits that mean something, and a unit. */
final class Figures {
    private Figures() {}

    static String of(double figure) {
        if (Double.isNaN(figure)) {
            return "–";
        }
        double size = Math.abs(figure);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        double rounded = size >= 1000 ? Math.rint(figure / step(size)) * step(size) : figure;
        return String.format(Locale.ROOT, format, rounded);
    }

    private static double step(double size) {
        return Math.pow(10, Math.floor(Math.log10(size)) - 2);
    }

    static String of(double figure, Unit unit) {
        return unit == Unit.TIMES ? times(figure) : of(figure) + " " + unit.text();
    }

    static String times(double ratio) {
        return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.2f ×", ratio);
    }

    static String percent(double share) {
        return !Double.isFinite(share) ? "–" : String.format(Locale.ROOT, "± %.0f %%", share * 100);
    }

    /** Nanoseconds, in microseconds. */
    static String micros(double nanos) {
        return of(nanos / 1e3);
    }
}
