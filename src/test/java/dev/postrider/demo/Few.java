package dev.postrider.demo;

import java.util.List;
import java.util.stream.Stream;

/** A list as a person wants to read it: the first of many, and how many more there are. */
final class Few {

    private static final int ALL = 4;
    private static final int FIRST = 3;

    private Few() {}

    static List<String> of(List<String> items) {
        return items.size() <= ALL
                ? items
                : Stream.concat(items.stream().limit(FIRST), Stream.of("and " + (items.size() - FIRST) + " more"))
                        .toList();
    }

    static String inLine(List<String> items) {
        return String.join(", ", of(items));
    }
}
