package dev.postrider.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.submission.Attachment;
import java.net.URI;
import java.util.Optional;
import org.apache.james.mime4j.dom.Entity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyStructureTest {

    private static final byte[] PIXELS = {1, 2, 3};

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ':',
            value = {
                "text                        : text/plain",
                "html                        : alternative(text/plain, text/html)",
                "text html                   : alternative(text/plain, text/html)",
                "text inline                 : mixed(text/plain, image/png)",
                "html inline                 : alternative(text/plain, related(text/html, image/png))",
                "text html inline            : alternative(text/plain, related(text/html, image/png))",
                "text attachment             : mixed(text/plain, application/pdf)",
                "html attachment             : mixed(alternative(text/plain, text/html), application/pdf)",
                "text html attachment        : mixed(alternative(text/plain, text/html), application/pdf)",
                "text inline attachment      : mixed(text/plain, image/png, application/pdf)",
                "html inline attachment      : mixed(alternative(text/plain, related(text/html, image/png)), application/pdf)",
                "text html inline attachment : mixed(alternative(text/plain, related(text/html, image/png)), application/pdf)",
                "text html inline inline     : alternative(text/plain, related(text/html, image/png, image/png))",
                "wordless                    : text/html",
                "wordless inline             : related(text/html, image/png)",
            })
    void everyCombinationIsNestedAsMailClientsExpect(String given, String expected) throws Exception {
        Draft draft = new Draft().withoutText();
        for (String part : given.split(" ")) {
            switch (part) {
                case "text" -> draft.text("words");
                case "html" -> draft.html("<p>words <img src='cid:logo'></p>");
                case "wordless" -> draft.html("<img src='cid:logo'>");
                case "inline" -> draft.attach(picture(true, Optional.of("logo")));
                default -> draft.attach("bill.pdf", "application/pdf", PIXELS);
            }
        }
        assertThat(Wire.of(draft).structure()).isEqualTo(expected);
    }

    @Test
    void aPictureOfTheHtmlIsCalledByItsContentId() throws Exception {
        Wire wire = Wire.of(new Draft().html("<img src='cid:logo'>").attach(picture(true, Optional.of("logo"))));

        Entity part = wire.part("image/png");
        assertThat(part.getHeader().getField("Content-ID").getBody()).isEqualTo("<logo>");
        assertThat(part.getDispositionType()).isEqualTo("inline");
        assertThat(wire.source()).containsPattern("multipart/related;\\s+boundary=\"[^\"]+\";\\s+type=\"text/html\"");
    }

    @ParameterizedTest
    @CsvSource({
        "logo,                     cid:logo",
        "chart-1@reports.example,  cid:chart-1@reports.example",
        "chart-1@reports.example,  cid:chart-1%40reports.example",
        "foo4%foo1@bar.net,        cid:foo4%25foo1@bar.net",
        "a%40b,                    cid:a%2540b",
        "!#$%&'*+/=?^_`{|}~.@-,    cid:!%23$%25&'*+%2F=%3F%5E_%60%7B%7C%7D~.@-",
        "LOGO,                     cid:LOGO",
    })
    void itsPercentEncodedNameInTheHtmlLeadsToIt(String contentId, String url) throws Exception {
        Wire wire =
                Wire.of(new Draft().html("<img src=\"" + url + "\">").attach(picture(true, Optional.of(contentId))));

        String called = Wire.text(wire.part("text/html")).replaceAll("(?s).*\"(.*)\".*", "$1");
        assertThat(called).as("the html is left as it is").isEqualTo(url);
        // RFC 2392 §2: the URL is the Content-ID without its brackets, percent-encoded.
        assertThat(wire.part("image/png").getHeader().getField("Content-ID").getBody())
                .isEqualTo("<" + URI.create(called).getSchemeSpecificPart() + ">");
    }

    /** Html that was taken from another message often does; nothing of it is lost. */
    @Test
    void htmlMayCallWhatIsNotThere() throws Exception {
        String html = "<img src='cid:logo'><img src='cid:gone'>";
        Wire wire = Wire.of(new Draft().html(html).attach(picture(true, Optional.of("logo"))));

        assertThat(Wire.text(wire.part("text/html"))).isEqualTo(html + "\r\n");
        assertThat(wire.structure()).isEqualTo("alternative(text/plain, related(text/html, image/png))");
    }

    @Test
    void aPictureNothingCanCallStandsWithTheAttachments() throws Exception {
        Wire wire = Wire.of(new Draft().html("<p>words</p>").attach(picture(true, Optional.empty())));

        assertThat(wire.structure()).isEqualTo("mixed(alternative(text/plain, text/html), image/png)");
        assertThat(wire.part("image/png").getDispositionType()).isEqualTo("inline");
    }

    @Test
    void anAttachmentMayHaveAContentIdToo() throws Exception {
        Wire wire = Wire.of(new Draft().html("<p>words</p>").attach(picture(false, Optional.of("logo"))));

        assertThat(wire.structure()).isEqualTo("mixed(alternative(text/plain, text/html), image/png)");
        assertThat(wire.part("image/png").getDispositionType()).isEqualTo("attachment");
        assertThat(wire.part("image/png").getHeader().getField("Content-ID")).isNotNull();
    }

    @Test
    void htmlWithoutTextIsToldInWordsAsWell() throws Exception {
        Wire wire = Wire.of(new Draft().withoutText().html("<h1>Merhaba Ayşe</h1><p>Sipariş &amp; fatura</p>"));

        assertThat(Wire.text(wire.part("text/plain"))).isEqualTo("Merhaba Ayşe\r\n\r\nSipariş & fatura\r\n");
    }

    @Test
    void aTextThatWasGivenIsNotReplaced() throws Exception {
        Wire wire = Wire.of(new Draft().text("in short").html("<p>at length</p>"));

        assertThat(Wire.text(wire.part("text/plain"))).isEqualTo("in short\r\n");
        assertThat(Wire.text(wire.part("text/html"))).isEqualTo("<p>at length</p>\r\n");
    }

    private static Attachment picture(boolean inline, Optional<String> contentId) {
        return new Attachment("logo.png", Optional.empty(), new Attachment.Bytes(PIXELS), inline, contentId);
    }
}
