package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCalendarTest {

    private static final String AT = "mail.requests-0@17: $.calendar.content: ";
    private static final String EVENT = "BEGIN:VEVENT|UID:1@e.x|END:VEVENT|";
    private static final String WHOLE = "BEGIN:VCALENDAR|VERSION:2.0|METHOD:REQUEST|" + EVENT + "END:VCALENDAR|";

    private final RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r\\n", "\\r"})
    void lineEndsOfAnyKindAreMended(String lineEnd) throws Exception {
        assertThat(read(WHOLE.replace("|", lineEnd))).isEqualTo(new Calendar("REQUEST", WHOLE.replace("|", "\r\n")));
    }

    @Test
    void aMarkAtTheBeginAndEmptyLinesAtTheEndAreNoPartOfIt() throws Exception {
        assertThat(read("\\ufeff" + WHOLE.replace("|", "\\n") + "\\n\\n").content())
                .isEqualTo(WHOLE.replace("|", "\r\n"));
    }

    @Test
    void whatIsFoldedStaysFoldedAsItWas() throws Exception {
        String folded = WHOLE.replace("UID", "SUMMARY:a|  b|\\t c|UID");

        assertThat(read(folded.replace("|", "\\r\\n")).content())
                .isEqualTo(folded.replace("|", "\r\n").replace("\\t", "\t"));
    }

    @Test
    void whatIsTooLongIsFoldedBetweenCharacters() throws Exception {
        String summary = "SUMMARY:" + "ş😀".repeat(100);

        String content =
                read(WHOLE.replace("UID", summary + "|UID").replace("|", "\\n")).content();

        assertThat(content.lines()).allMatch(line -> line.getBytes(UTF_8).length <= 75);
        assertThat(content).doesNotContain("\uFFFD");
        assertThat(content.replace("\r\n ", ""))
                .isEqualTo(WHOLE.replace("UID", summary + "|UID").replace("|", "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin:vcalendar|version:2.0|method:request|begin:vevent|end:vevent|end:vcalendar",
                "BEGIN:VCALENDAR|VERSION;X=\\\"a:b\\\":2.0|METHOD:REQUEST|BEGIN:VEVENT|METHOD:x|END:VEVENT|END:VCALENDAR",
                "BEGIN:VCALENDAR|METHOD:REQ|  UEST|BEGIN:VTODO|BEGIN:VALARM|END:VALARM|END:VTODO|VERSION:2.0|END:VCALENDAR"
            })
    void whatClientsUnderstandIsTaken(String content) throws Exception {
        assertThat(read(content.replace("|  ", "|\\t").replace("|", "\\n"))).isNotNull();
    }

    @ParameterizedTest
    @MethodSource
    void whatNoClientWouldShowIsRefused(String content, String fault) {
        assertThat(refusal(content.replace("|", "\\n"))).isEqualTo(AT + fault);
    }

    static Stream<Arguments> whatNoClientWouldShowIsRefused() {
        String noContentLine = " is no content line: name, colon, value; a line break within a text is written \\\\n"
                        .replace("\\\\", "\\")
                + " (RFC 5545 §3.1, §3.3.11)";
        return Stream.of(
                arguments(" |", "is empty"),
                arguments("hello", "line 1" + noContentLine),
                arguments("BEGIN:VEVENT|END:VEVENT", "does not begin with BEGIN:VCALENDAR"),
                arguments("BEGIN:VCALENDAR|VERSION:2.0|METHOD:REQUEST|BEGIN:VEVENT", "ends without END:VEVENT"),
                arguments(WHOLE.replace("END:VEVENT", "END:VTODO"), "an END without its BEGIN, line 6"),
                arguments(WHOLE + WHOLE, "goes on after END:VCALENDAR, line 8"),
                arguments(WHOLE.replace("VERSION:2.0|", ""), "needs VERSION:2.0 (RFC 5545 §3.7.4)"),
                arguments(WHOLE.replace("2.0", "1.0"), "needs VERSION:2.0 (RFC 5545 §3.7.4)"),
                arguments(WHOLE.replace(EVENT, ""), "has no component, such as VEVENT (RFC 5545 §3.6)"),
                arguments(WHOLE.replace("METHOD:REQUEST|", ""), "needs METHOD:REQUEST, as in 'method'"),
                arguments(WHOLE.replace("REQUEST", "CANCEL"), "its METHOD is not the REQUEST of 'method'"),
                arguments(
                        WHOLE.replace("METHOD:", "METHOD:REQUEST|METHOD:"),
                        "its METHOD is not the REQUEST of 'method'"),
                arguments(WHOLE.replace("UID", "DESCRIPTION:one|two|UID"), "line 6" + noContentLine),
                arguments(WHOLE.replace("UID", "|UID"), "line 5" + noContentLine),
                arguments(WHOLE.replace("UID", "SUMMARY:a\\u0000b|UID"), "must not hold control characters"));
    }

    @Test
    void aLineOfMegabytesIsReadWithoutExhaustingTheStack() throws Exception {
        String line = "X-A;B=" + "\\\"c\\\";d=e;".repeat(100_000) + ":f";

        assertThat(read(WHOLE.replace("UID", line + "|UID").replace("|", "\\n")))
                .isNotNull();
    }

    private Calendar read(String content) throws InvalidRequest {
        return reader.read(Arrivals.record(request(content))).calendar().orElseThrow();
    }

    private String refusal(String content) {
        return Refusals.of(reader, Arrivals.record(request(content)));
    }

    private static String request(String content) {
        return """
            {"from": "a@b.c", "to": ["d@e.f"], "text": "", "calendar": {"method": "REQUEST", "content": "%s"}}""".formatted(content);
    }
}
