package dev.postrider.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Chance;
import dev.postrider.fixture.Trials;
import dev.postrider.submission.Mailbox;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.field.ContentDispositionFieldLenientImpl;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.RawField;
import org.junit.jupiter.api.Test;

/** Whatever is said in a header field, Mime4j and Jakarta Mail read it there, and every line is one that may be sent. */
class HeaderRoundTripTest {

    private static final int TRIALS = 3_000;
    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?[^?\\s]+\\?[QB]\\?[^?\\s]*\\?=");

    @Test
    void anEncodedWordIsReadAsWhatItWas() {
        Trials.run(TRIALS, chance -> {
            String text = chance.line(900);
            List<String> words = EncodedWords.of(text);

            assertThat(words)
                    .allMatch(word ->
                            word.length() <= 75 && ENCODED_WORD.matcher(word).matches());
            assertThat(DecoderUtil.decodeEncodedWords(String.join(" ", words), DecodeMonitor.STRICT))
                    .isEqualTo(text);
            assertThat(MimeUtility.decodeText(String.join("\r\n ", words))).isEqualTo(text);
        });
    }

    @Test
    void aFieldOfFreeTextIsReadAsWhatItWas() {
        Trials.run(TRIALS, chance -> {
            String text = chance.line(900);
            String body = UnstructuredField.body("Subject", text);

            mayBeSent("Subject: " + body);
            assertThat(DecoderUtil.decodeEncodedWords(unfolded(body).strip(), DecodeMonitor.STRICT))
                    .isEqualTo(unpadded(text));
            assertThat(MimeUtility.decodeText(unfolded(body).strip())).isEqualTo(unpadded(text));
        });
    }

    @Test
    void mailboxesAreReadAsWhatTheyWere() {
        Trials.run(TRIALS, chance -> {
            List<Mailbox> mailboxes = new ArrayList<>();
            for (int i = chance.upTo(4); i >= 0; i--) {
                mailboxes.add(new Mailbox(name(chance), "a" + i + "@b.example"));
            }
            String body = AddressField.body("Reply-To", mailboxes, Script.ASCII);

            mayBeSent("Reply-To: " + body);
            assertThat(mime4j(unfolded(body))).isEqualTo(mailboxes);
            assertThat(jakarta(unfolded(body))).isEqualTo(mailboxes);
        });
    }

    @Test
    void aFileNameIsReadAsWhatItWas() {
        Trials.run(TRIALS, chance -> {
            String text = chance.line(250) + "x";
            FileName name = new FileName(text);
            String disposition = "attachment" + name.asFilenameParameter();
            String type = "application/pdf" + name.asNameParameter();

            mayBeSent("Content-Disposition: " + disposition);
            mayBeSent("Content-Type: " + type);
            // Mime4j decodes what it has decoded once more when a further section follows.
            if (!text.matches("(?s).*[%'+].*")) {
                assertThat(ContentDispositionFieldLenientImpl.PARSER
                                .parse(new RawField("Content-Disposition", unfolded(disposition)), DecodeMonitor.STRICT)
                                .getFilename())
                        .isEqualTo(text);
            }
            assertThat(new ContentDisposition(unfolded(disposition)).getParameter("filename"))
                    .isEqualTo(text);
            assertThat(MimeUtility.decodeText(new ContentType(unfolded(type)).getParameter("name")))
                    .isEqualTo(text);
        });
    }

    /** Not a blank one: Mime4j shows none for it. */
    private static String name(Chance chance) {
        String name = chance.line(320);
        return name.isBlank() ? "" : name;
    }

    /** A reader sees the folds as they are undone (RFC 5322 §2.2.3). */
    private static String unfolded(String body) {
        return body.replace("\r\n", "");
    }

    private static String unpadded(String text) {
        return text.replaceAll("\\A[ \t]+|[ \t]+\\z", "");
    }

    private static void mayBeSent(String field) {
        List<String> lines = List.of(field.split("\r\n", -1));
        assertThat(field.chars()).allMatch(c -> c == '\r' || c == '\n' || c == '\t' || (c >= ' ' && c <= '~'));
        assertThat(lines).allMatch(line -> line.length() <= 998).noneMatch(String::isBlank);
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith(" ") || line.startsWith("\t"));
        for (String line : lines) {
            Matcher word = ENCODED_WORD.matcher(line);
            // RFC 2047 §2: where there is an encoded word the line is short, and so is the word.
            assertThat(word.find() && (line.length() > 76 || word.group().length() > 75))
                    .as(line)
                    .isFalse();
        }
    }

    private static List<Mailbox> mime4j(String body) throws Exception {
        AddressList list = LenientAddressParser.DEFAULT.parseAddressList(body);
        return list.flatten().stream()
                .map(mailbox ->
                        new Mailbox(Optional.ofNullable(mailbox.getName()).orElse(""), mailbox.getAddress()))
                .toList();
    }

    private static List<Mailbox> jakarta(String body) throws Exception {
        List<Mailbox> mailboxes = new ArrayList<>();
        for (InternetAddress address : InternetAddress.parse(body, true)) {
            mailboxes.add(new Mailbox(Optional.ofNullable(address.getPersonal()).orElse(""), address.getAddress()));
        }
        return mailboxes;
    }
}
