package dev.postrider.bench;

import java.util.List;
import java.util.stream.Stream;

/** What the relay offers after EHLO beside what all of them do: SIZE, 8BITMIME, STARTTLS, AUTH. */
enum Offer {
    NEITHER("neither PIPELINING nor CHUNKING", ""),
    PIPELINING("PIPELINING only", "PIPELINING"),
    BOTH("PIPELINING and CHUNKING", "PIPELINING CHUNKING");

    private final String words;
    private final String keywords;

    Offer(String words, String keywords) {
        this.words = words;
        this.keywords = keywords;
    }

    List<String> keywords() {
        return Stream.of(keywords.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    @Override
    public String toString() {
        return words;
    }
}
