package dev.postrider.bench;

import java.util.Locale;

/** Numbers as the report writes them. */
final class Numbers {

    private Numbers() {}

    /** {@code 4,711 (4,400–4,900)}. */
    static String rate(Spread spread) {
        return String.format(Locale.ROOT, "%,.0f (%,.0f–%,.0f)", spread.median(), spread.min(), spread.max());
    }

    /** {@code 3.91 (3.80–4.02)}. */
    static String ratio(Spread spread) {
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", spread.median(), spread.min(), spread.max());
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }

    static String megabytes(double kilobytes) {
        return kilobytes == 0 ? "–" : String.format(Locale.ROOT, "%.0f", kilobytes / 1024);
    }
}
