package io.jwal.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** A plot of figures that grow over powers of ten, both axes logarithmic, as SVG. */
final class LineChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 340;
    private static final int LEFT = 80;
    private static final int RIGHT = 170;
    private static final int TOP = 36;
    private static final int BOTTOM = 48;

    private final String title;
    private final String across;
    private final String up;
    private final List<Line> lines;

    LineChart(String title, String across, String up, List<Line> lines) {
        this.title = title;
        this.across = across;
        this.up = up;
        this.lines = lines;
    }

    /**
     * One line.
     *
     * @param label what it is of
     * @param points pairs of x and y, both above 0
     */
    record Line(String label, List<double[]> points) {}

    String svg() {
        Axis x = Axis.of(lines, 0, LEFT, WIDTH - RIGHT);
        Axis y = Axis.of(lines, 1, HEIGHT - BOTTOM, TOP);
        Svg svg = new Svg(WIDTH, HEIGHT, title);
        svg.text(8, 20, "start", "title", title);
        for (int power = x.first; power <= x.last; power++) {
            double at = x.at(Math.pow(10, power));
            svg.add(grid(at, TOP, at, HEIGHT - BOTTOM));
            svg.text(at, HEIGHT - BOTTOM + 18.0, "middle", "small", power(power));
        }
        for (int power = y.first; power <= y.last; power++) {
            double at = y.at(Math.pow(10, power));
            svg.add(grid(LEFT, at, WIDTH - RIGHT, at));
            svg.text(LEFT - 6.0, at + 4, "end", "small", power(power));
        }
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10.0, "middle", "small", across);
        svg.text(LEFT, TOP - 4.0, "end", "small", up);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), i % Svg.LINE_STYLES, x, y);
        }
        return svg.end();
    }

    private static void draw(Svg svg, Line line, int style, Axis x, Axis y) {
        StringBuilder points = new StringBuilder();
        double lastY = 0;
        for (double[] point : line.points()) {
            lastY = y.at(point[1]);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x.at(point[0]), lastY));
            svg.add(String.format(
                    Locale.ROOT,
                    "<circle class=\"dot%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>",
                    style,
                    x.at(point[0]),
                    lastY));
        }
        svg.add("<polyline class=\"line" + style + "\" points=\""
                + points.toString().strip() + "\"/>");
        svg.text(WIDTH - RIGHT + 8.0, lastY + 4, "start", "label", line.label());
    }

    private static String grid(double fromX, double fromY, double toX, double toY) {
        return String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                fromX,
                fromY,
                toX,
                toY);
    }

    private static String power(int power) {
        return power < 0
                ? String.format(Locale.ROOT, "%." + -power + "f", Math.pow(10, power))
                : String.format(Locale.ROOT, "%,.0f", Math.pow(10, power));
    }

    /** An axis from one power of ten to another, and where it lies on the page. */
    private record Axis(int first, int last, double start, double end) {
        static Axis of(List<Line> lines, int coordinate, double start, double end) {
            double least = Double.MAX_VALUE;
            double most = Double.MIN_VALUE;
            for (Line line : lines) {
                for (double[] point : line.points()) {
                    least = Math.min(least, point[coordinate]);
                    most = Math.max(most, point[coordinate]);
                }
            }
            int first = (int) Math.floor(Math.log10(least));
            return new Axis(first, Math.max(first + 1, (int) Math.ceil(Math.log10(most))), start, end);
        }

        double at(double value) {
            return start + (end - start) * (Math.log10(value) - first) / (last - first);
        }
    }
}
