package dev.postrider.corpus;

import java.util.List;
import java.util.stream.Stream;

/** All requests of the corpus. Postrider has to take every one of them. */
public final class Corpus {

    private Corpus() {}

    public static List<CorpusRequest> all() {
        return Stream.of(
                        EachField.alone(),
                        EachField.inPairs(),
                        Scripts.everywhere(),
                        HardLines.everywhere(),
                        HardTexts.everywhere(),
                        HardFiles.all(),
                        HardAddresses.all())
                .flatMap(List::stream)
                .toList();
    }
}
