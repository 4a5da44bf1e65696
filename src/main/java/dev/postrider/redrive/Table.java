package dev.postrider.redrive;

import dev.postrider.submission.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** Prints rows in columns. Aligned page by page, so that a million of them need no more room than a hundred. */
final class Table {

    static final int PAGE = 200;

    private final Terminal terminal;
    private final List<String> head;
    private final List<List<String>> page = new ArrayList<>();
    private final int[] widths;
    private int pages;

    Table(Terminal terminal, List<String> head) {
        this.terminal = terminal;
        this.head = head;
        this.widths = new int[head.size()];
    }

    void row(List<String> cells) {
        page.add(cells.stream().map(Excerpt::printable).toList());
        if (page.size() == PAGE) {
            end();
        }
    }

    /** Prints what has come so far. */
    void end() {
        if (page.isEmpty()) {
            return;
        }
        if (pages++ == 0) {
            page.add(0, head);
        }
        // A column never gets narrower again: so the pages align as far as they can.
        for (List<String> cells : page) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(cells.get(i)));
            }
        }
        page.forEach(cells -> terminal.line(aligned(cells)));
        page.clear();
    }

    private String aligned(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i)).append(" ".repeat(widths[i] - length(cells.get(i)) + 2));
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
