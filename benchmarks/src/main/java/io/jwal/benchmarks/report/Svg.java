package io.jwal.benchmarks.report;

import java.util.Locale;

/** The little of SVG that plots need. */
final class Svg {
    /** How many styles of lines there are. */
    static final int LINE_STYLES = 4;

    private static final String STYLE = "<style>"
            + "text{font:13px system-ui,sans-serif;fill:#333}"
            + ".title{font-weight:600}.own{font-weight:600;fill:#0b6e4f}.small{font-size:11px}"
            + ".bar{fill:#9aa5b1}.ownbar{fill:#17a673}"
            + ".axis{stroke:#9aa5b1;fill:none}.grid{stroke:#9aa5b1;stroke-opacity:.25}"
            + ".line0{stroke:#17a673;fill:none;stroke-width:2}.line1{stroke:#3b6fb6;fill:none;stroke-width:2}"
            + ".line2{stroke:#c2571a;fill:none;stroke-width:2}.line3{stroke:#8a63b0;fill:none;stroke-width:2}.dot0{fill:#17a673}.dot1{fill:#3b6fb6}.dot2{fill:#c2571a}.dot3{fill:#8a63b0}"
            + "@media(prefers-color-scheme:dark){text{fill:#ddd}.own{fill:#5fd6a8}}"
            + "</style>";

    private final StringBuilder body = new StringBuilder();

    Svg(int width, int height, String title) {
        body.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n"
                        .formatted(width, height, width, height));
        body.append("<title>")
                .append(escaped(title))
                .append("</title>\n")
                .append(STYLE)
                .append('\n');
    }

    void text(double x, double y, String anchor, String style, String content) {
        add(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                x,
                y,
                anchor,
                style,
                escaped(content)));
    }

    void add(String element) {
        body.append(element).append('\n');
    }

    String end() {
        return body.append("</svg>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
