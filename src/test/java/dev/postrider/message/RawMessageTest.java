package dev.postrider.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.fixture.Trials;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.History;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RawSubmission;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.SubmissionReader;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a raw message is to those who send it; what arrives is RawCorpusTest's. */
class RawMessageTest {

    private static final SubmissionReader READER =
            new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.none());
    private static final RawComposer COMPOSER = new RawComposer(Clock.fixed(Wire.NOW, ZoneOffset.UTC));
    private static final String HEADER = "From: Shop <shop@example.com>\r\nSubject: Order 17\r\n";

    @Test
    void theBodyIsWrittenFromWhatCameInAtOnce() throws Exception {
        byte[] content = (HEADER + "\r\n" + "a line\r\n".repeat(1_000_000)).getBytes(ISO_8859_1);
        RawMessage message = message(content, History.none());
        int[] writes = new int[2];

        message.writeTo(
                new OutputStream() {
                    @Override
                    public void write(int octet) {
                        writes[0]++;
                    }

                    @Override
                    public void write(byte[] octets, int offset, int length) {
                        writes[octets == content ? 1 : 0]++;
                    }
                },
                new String[0]);

        assertThat(writes).containsExactly(2, 1); // The header section and the empty line; and the body.
    }

    @Test
    void itIsTheSameEachTimeWhateverSendersDoToIt() throws Exception {
        RawMessage message = message((HEADER + "\r\n\n").getBytes(ISO_8859_1), History.none());
        String first = written(message);

        message.saveChanges();

        assertThat(written(message)).isEqualTo(first).endsWith("\r\n\r\n\r\n");
        assertThat(message.getMessageID()).isEqualTo(message.messageId());
    }

    @Test
    void whatIsFitToBeRelayedIsRelayedOctetForOctet() {
        Trials.run(2_000, chance -> {
            StringBuilder message =
                    new StringBuilder(HEADER + "Date: Tue, 3 Feb 2026 04:05:06 +0000\r\nMessage-ID: <1@b>\r\n");
            for (int i = chance.upTo(5); i > 0; i--) {
                message.append("X-")
                        .append(i)
                        .append(": a")
                        .append(printable(chance.line(300)))
                        .append("\r\n");
            }
            message.append("\r\n");
            for (int i = chance.upTo(20); i > 0; i--) {
                String line = new String(chance.octets(chance.oneIn(5) ? 998 : 60), ISO_8859_1);
                message.append(line.replaceAll("[\r\n\0]", ".")).append("\r\n");
            }
            String crlf = message.toString();

            assertThat(written(message(crlf.getBytes(ISO_8859_1), History.none())))
                    .isEqualTo(crlf);
            assertThat(written(message(crlf.replace("\r\n", "\n").getBytes(ISO_8859_1), History.none())))
                    .isEqualTo(crlf);
        });
    }

    private static String printable(String text) {
        return text.replaceAll("[^\t -~]", "x");
    }

    @Test
    void itTellsItsFields() throws Exception {
        RawMessage message = message((HEADER + "Bcc: x@y.example\r\n\r\nb").getBytes(ISO_8859_1), History.none());

        assertThat(message.getSubject()).isEqualTo("Order 17");
        assertThat(message.getFrom()).extracting(Object::toString).containsExactly("Shop <shop@example.com>");
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getHeader("Date")).containsExactly("Tue, 3 Feb 2026 04:05:06 +0000");
        assertThat(message.messageId()).isEqualTo(message.getHeader("Message-ID")[0]);
    }

    @Test
    void itIsForThoseWhoAreLeft() throws Exception {
        byte[] content = (HEADER + "\r\nb").getBytes(ISO_8859_1);

        assertThat(message(content, new History(0, List.of("bob@xn--bcher-kva.example"), List.of()))
                        .envelope()
                        .recipients())
                .containsExactly("bob@xn--bcher-kva.example");
        assertThat(message(content, new History(0, List.of("ada@EXAMPLE.org"), List.of()))
                        .envelope()
                        .recipients())
                .containsExactly("ada@example.org");
        for (List<String> forged : List.of(
                List.of("eve@example.org"),
                List.of("ada@example.org", "eve@example.org"),
                List.of("ADA@example.org"))) {
            assertThatThrownBy(() -> message(content, new History(0, forged, List.of())))
                    .isInstanceOf(Uncomposable.class)
                    .hasMessage("its history names somebody who is no recipient of this request");
        }
    }

    @Test
    void aMessageWithoutMessageIdHasTheOneItsIdMakes() throws Exception {
        byte[] content = (HEADER + "\r\nb").getBytes(ISO_8859_1);

        String once = message(content, History.none()).messageId();

        assertThat(message(content, History.none()).messageId())
                .isEqualTo(once)
                .matches("<[0-9a-f]{40}@example\\.com>");
        assertThat(message(content, History.none(), Wire.NOW.plusMillis(1)).messageId())
                .isNotEqualTo(once);
    }

    private static RawMessage message(byte[] content, History history) throws Exception {
        return message(content, history, Wire.NOW);
    }

    private static RawMessage message(byte[] content, History history, Instant timestamp) throws Exception {
        Origin.Header type = new Origin.Header("content-type", "message/rfc822".getBytes(UTF_8));
        Origin.Header to = new Origin.Header("rcpt-to", "ada@example.org, bob@bücher.example".getBytes(UTF_8));
        Origin origin = new Origin.TopicRecord("mail.requests", 0, 17, timestamp, null, List.of(type, to));
        Arrival arrival = new Arrival(origin, content, history, Optional.empty(), () -> {});
        return COMPOSER.compose((RawSubmission) READER.read(arrival), arrival);
    }

    private static String written(RawMessage message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out, new String[] {"Bcc"});
        return out.toString(ISO_8859_1);
    }
}
