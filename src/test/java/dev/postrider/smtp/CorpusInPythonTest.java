package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.corpus.PythonReader;
import dev.postrider.corpus.PythonReader.Readings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same as {@link CorpusTest}, as Python reads it, in both of its ways. */
class CorpusInPythonTest {

    private static List<SentCorpus> sent;
    private static List<Readings> readings;

    @BeforeAll
    static void sendAndRead(@TempDir Path folder, @TempDir Path messages) throws Exception {
        PythonReader.require();
        sent = SentCorpus.by(Way.IN_ONE_FLIGHT, folder);
        readings = PythonReader.read(
                messages, sent.stream().map(SentCorpus::octets).toList());
    }

    static Stream<Arguments> read() {
        return IntStream.range(0, sent.size()).mapToObj(i -> Arguments.of(sent.get(i), readings.get(i)));
    }

    /**
     * But for white space in names: the parser shows what separates two encoded words (python/cpython gh-128110), which RFC
     * 2047 §6.2 has a reader drop, and makes one space of many. The older decoder does neither, nor does Mime4j.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("read")
    void itsParserSeesWhatWasAskedFor(SentCorpus each, Readings read) {
        assertThat(read.modern().withoutSpaceInNames())
                .isEqualTo(each.mail().reading().withoutSpaceInNames());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("read")
    void itsOlderDecoderSeesTheSame(SentCorpus each, Readings read) {
        assertThat(read.old()).isEqualTo(each.mail().reading());
    }
}
