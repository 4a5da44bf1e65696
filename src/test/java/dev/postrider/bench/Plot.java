package dev.postrider.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines in a plane, as SVG. */
final class Plot {

    /** One line, its points in order of x. */
    record Line(String name, List<Point> points) {

        Line {
            points = List.copyOf(points);
        }
    }

    record Point(double x, double y) {}

    private static final int WIDTH = 860;
    private static final int HEIGHT = 440;
    private static final int LEFT = 80;
    private static final int RIGHT = 230;
    private static final int TOP = 50;
    private static final int BOTTOM = 60;
    private static final int TICKS = 5;
    private static final List<String> COLOURS =
            List.of("#c0392b", "#2471a3", "#1e8449", "#b7950b", "#7d3c98", "#566573", "#d35400", "#117a65");

    private final String title;
    private final String across;
    private final String upwards;
    private final Scale scale;
    private final List<Line> lines;

    /** How y grows: evenly, or tenfold from one line to the next. */
    enum Scale {
        EVEN,
        TENFOLD
    }

    Plot(String title, String across, String upwards, Scale scale, List<Line> lines) {
        this.title = title;
        this.across = across;
        this.upwards = upwards;
        this.scale = scale;
        this.lines = lines.stream().filter(line -> !line.points().isEmpty()).toList();
    }

    String svg() {
        List<String> parts = new ArrayList<>();
        parts.add(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">",
                WIDTH, HEIGHT));
        parts.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        parts.add(text(LEFT, 28, "start", title).replace("<text", "<text font-size=\"16\""));
        parts.add(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 15, "middle", across));
        parts.add(text(LEFT, TOP - 6, "end", upwards));
        if (!lines.isEmpty()) {
            grid(parts);
            for (int i = 0; i < lines.size(); i++) {
                line(parts, lines.get(i), i);
            }
        }
        parts.add("</svg>");
        return String.join("\n", parts) + "\n";
    }

    private void grid(List<String> parts) {
        for (double value : levels()) {
            double y = y(value);
            parts.add(format(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>", LEFT, WIDTH - RIGHT, y, y));
            parts.add(text(LEFT - 8, y + 4, "end", format("%,.0f", value)));
        }
        double step = mostAcross() <= 20 ? 5 : mostAcross() / TICKS;
        for (double value = 0; value <= mostAcross() * 1.001; value += step) {
            parts.add(text(x(value), HEIGHT - BOTTOM + 20, "middle", format("%,.0f", value)));
        }
    }

    private List<Double> levels() {
        List<Double> levels = new ArrayList<>();
        if (scale == Scale.TENFOLD) {
            for (double level = floor(); level <= ceiling() * 1.001; level *= 10) {
                levels.add(level);
            }
        } else {
            for (int i = 0; i <= TICKS; i++) {
                levels.add(ceiling() * i / TICKS);
            }
        }
        return levels;
    }

    private void line(List<String> parts, Line line, int number) {
        String colour = COLOURS.get(number % COLOURS.size());
        StringBuilder points = new StringBuilder();
        line.points().forEach(point -> points.append(format("%.1f,%.1f ", x(point.x()), y(point.y()))));
        parts.add("<polyline fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\" points=\""
                + points.toString().strip() + "\"/>");
        if (line.points().size() <= TICKS) {
            line.points()
                    .forEach(point -> parts.add(format(
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>",
                            x(point.x()), y(point.y()), colour)));
        }
        double keyY = TOP + 12 + 22 * number;
        parts.add(format(
                "<rect x=\"%d\" y=\"%.1f\" width=\"14\" height=\"4\" fill=\"%s\"/>",
                WIDTH - RIGHT + 20, keyY - 6, colour));
        parts.add(text(WIDTH - RIGHT + 42, keyY, "start", line.name()));
    }

    private double x(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * value / Math.max(mostAcross(), 1e-9);
    }

    private double y(double value) {
        double share = scale == Scale.TENFOLD
                ? Math.log10(Math.max(value, floor()) / floor()) / Math.log10(ceiling() / floor())
                : value / ceiling();
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
    }

    private double mostAcross() {
        return points().stream().mapToDouble(Point::x).max().orElse(1);
    }

    private double ceiling() {
        double most = points().stream().mapToDouble(Point::y).max().orElse(1);
        if (scale == Scale.TENFOLD) {
            return Math.max(Math.pow(10, Math.ceil(Math.log10(most))), floor() * 10);
        }
        double unit = Math.pow(10, Math.floor(Math.log10(most)));
        return Math.ceil(most / unit) * unit;
    }

    private double floor() {
        double least = points().stream().mapToDouble(Point::y).min().orElse(1);
        return Math.pow(10, Math.floor(Math.log10(Math.max(least, 1))));
    }

    private List<Point> points() {
        return lines.stream().flatMap(line -> line.points().stream()).toList();
    }

    private static String text(double x, double y, String anchor, String words) {
        return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(words));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
