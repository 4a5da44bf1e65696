package dev.postrider.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.submission.Attachment;
import dev.postrider.submission.Calendar;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.Properties;
import org.apache.james.mime4j.dom.Entity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where mail clients look for an invitation. */
class CalendarTest {

    private static final String PLAIN = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Visit\r\nEND:VCALENDAR\r\n";
    private static final String TURKISH = PLAIN.replace("Visit", "Görüşme ışığı 📦");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ':',
            value = {
                "text                        : mixed(alternative(text/plain, text/calendar), application/ics)",
                "text html                   : mixed(alternative(text/plain, text/html, text/calendar), application/ics)",
                "html                        : mixed(alternative(text/plain, text/html, text/calendar), application/ics)",
                "wordless                    : mixed(alternative(text/html, text/calendar), application/ics)",
                "text html inline            : mixed(alternative(text/plain, related(text/html, image/png), text/calendar), application/ics)",
                "text html inline attachment : mixed(alternative(text/plain, related(text/html, image/png), text/calendar), application/ics, application/pdf)",
            })
    void theInvitationIsTheLastAlternativeAndAFile(String given, String expected) throws Exception {
        Draft draft = new Draft().withoutText().calendar(new Calendar("REQUEST", PLAIN));
        for (String part : given.split(" ")) {
            switch (part) {
                case "text" -> draft.text("words");
                case "html" -> draft.html("<p>words <img src='cid:logo'></p>");
                case "wordless" -> draft.html("<img src='http://e.x/logo'>");
                case "inline" ->
                    draft.attach(new Attachment(
                            "logo.png",
                            Optional.empty(),
                            new Attachment.Bytes(new byte[1]),
                            true,
                            Optional.of("logo")));
                default -> draft.attach("bill.pdf", "application/pdf", new byte[1]);
            }
        }
        assertThat(Wire.of(draft).structure()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "BEGIN:VCALENDAR\r\nSUMMARY:Görüşme ışığı 📦\r\nEND:VCALENDAR\r\n"})
    void bothHoldItOctetForOctet(String content) throws Exception {
        Wire wire = Wire.of(new Draft().calendar(new Calendar("REQUEST", content)));

        assertThat(Wire.text(wire.part("text/calendar"))).isEqualTo(content);
        assertThat(Wire.text(wire.part("application/ics"))).isEqualTo(content);
        assertThat(wire.lines()).allMatch(line -> line.length() <= 998);
        assertThat(wire.octets()).isEqualTo(wire.source().getBytes(UTF_8)).doesNotContain((byte) 0xC4);
    }

    @Test
    void theContentTypeSaysWhatItAsksFor() throws Exception {
        Wire wire = Wire.of(new Draft().calendar(new Calendar("CANCEL", TURKISH)));

        Entity invitation = wire.part("text/calendar");
        assertThat(invitation.getHeader().getField("Content-Type").getBody())
                .isEqualTo("text/calendar; charset=UTF-8; method=CANCEL");
        assertThat(invitation.getContentTransferEncoding()).isIn("quoted-printable", "base64");
        assertThat(invitation.getDispositionType()).isNull();
        assertThat(wire.part("application/ics").getFilename()).isEqualTo("invite.ics");
        assertThat(wire.part("application/ics").getDispositionType()).isEqualTo("attachment");
    }

    @Test
    void anotherParserReadsTheSame() throws Exception {
        Wire wire = Wire.of(new Draft().calendar(new Calendar("REQUEST", TURKISH)));
        MimeMessage read =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(wire.octets()));

        MimeMultipart mixed = (MimeMultipart) read.getContent();
        MimeMultipart alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
        BodyPart invitation = alternative.getBodyPart(1);
        assertThat(invitation.isMimeType("text/calendar")).isTrue();
        assertThat(new String(invitation.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo(TURKISH);
        assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("invite.ics");
    }
}
