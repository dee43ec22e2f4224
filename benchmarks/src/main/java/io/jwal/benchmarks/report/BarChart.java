package io.jwal.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** A plot of one figure of several peers, one bar each, as SVG that reads on a light page and on a dark one. */
final class BarChart {
    private static final int WIDTH = 720;
    private static final int LABELS = 170;
    private static final int FIGURES = 110;
    private static final int BAR = 18;
    private static final int STEP = 26;
    private static final int HEAD = 30;

    private final String title;
    private final List<Bar> bars;

    BarChart(String title, List<Bar> bars) {
        this.title = title;
        this.bars = bars;
    }

    /**
     * One bar.
     *
     * @param label what it is of
     * @param length how long it is, in any unit
     * @param figure what is written beside it
     * @param own whether it is JWal's
     */
    record Bar(String label, double length, String figure, boolean own) {}

    String svg() {
        double longest = bars.stream().mapToDouble(Bar::length).max().orElse(1);
        Svg svg = new Svg(WIDTH, HEAD + STEP * bars.size() + 8, title);
        svg.text(8, 20, "start", "title", title);
        int y = HEAD;
        for (Bar bar : bars) {
            double width = (WIDTH - LABELS - FIGURES) * bar.length() / longest;
            svg.text(LABELS - 8, y + 14, "end", bar.own() ? "own" : "label", bar.label());
            svg.add(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
                    bar.own() ? "ownbar" : "bar",
                    LABELS,
                    y,
                    Math.max(1, width),
                    BAR));
            svg.text(LABELS + width + 6, y + 14, "start", bar.own() ? "own" : "label", bar.figure());
            y += STEP;
        }
        return svg.end();
    }
}
