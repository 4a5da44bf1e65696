package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a raw message is known, named and limited; what is in it is RawCorpusTest's. */
class RawMessageReaderTest {

    private static final byte[] MESSAGE =
            "From: shop@example.com\r\nTo: ada@example.org\r\n\r\nThank you.\r\n".getBytes(US_ASCII);

    private final SubmissionReader reader = new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @ParameterizedTest
    @ValueSource(strings = {"order.eml", "Order 17.EML", "a.b.Eml", ".eml"})
    void aFileIsAMessageByItsEnding(String name) throws Exception {
        assertThat(reader.read(Arrivals.file(name, MESSAGE))).isInstanceOf(RawSubmission.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"message/rfc822", " Message/RFC822 ; charset=\"utf-8\"", "MESSAGE/RFC822;", "message/global"})
    void aRecordIsAMessageByItsContentType(String contentType) throws Exception {
        assertThat(reader.read(Arrivals.record(MESSAGE, header("Content-Type", contentType))))
                .isInstanceOf(RawSubmission.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "message/rfc822x", "", "x; a=message/rfc822"})
    void anythingElseIsReadAsJson(String contentType) {
        assertThat(Refusals.of(reader, Arrivals.record(MESSAGE, header("content-type", contentType))))
                .startsWith("mail.requests-0@17: not JSON");
    }

    @Test
    void theIdIsThatOfARequestThatNamesNone() throws Exception {
        Arrival record = Arrivals.record(MESSAGE, header("content-type", "message/rfc822"), header("id", "mine"));

        assertThat(reader.read(record).id()).isEqualTo("mail.requests-0-17");
        assertThat(reader.read(Arrivals.file("order.eml", MESSAGE)).id()).matches("order\\.eml-[0-9a-f]{16}");
    }

    @Test
    void twoContentTypesAreRefused() {
        Arrival record = Arrivals.record(
                MESSAGE, header("content-type", "message/rfc822"), header("Content-Type", "text/plain"));

        assertThat(Refusals.of(reader, record)).contains("header content-type: is there more than once");
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() {
        Origin.Header malformed = new Origin.Header("rcpt-to", new byte[] {'a', (byte) 0xFF, '@', 'b', '.', 'c'});

        assertThat(Refusals.of(reader, Arrivals.record(MESSAGE, header("content-type", "message/rfc822"), malformed)))
                .contains("header rcpt-to: not UTF-8");
    }

    @Test
    void theFieldThatNeedsUtf8IsKnownUnlessItIsNotRelayed() throws Exception {
        String header = "From: shop@example.com\r\nTo: ada@example.org\r\nBcc: ayşe@example.org\r\n";

        RawSubmission hidden = (RawSubmission) reader.read(Arrivals.file("a.eml", header.getBytes(UTF_8)));
        RawSubmission shown =
                (RawSubmission) reader.read(Arrivals.file("a.eml", (header + "Subject: ş\r\n\r\nş").getBytes(UTF_8)));

        assertThat(hidden.envelope().recipients()).containsExactly("ada@example.org", "ayşe@example.org");
        assertThat(hidden.utf8Field()).isEmpty();
        assertThat(shown.utf8Field()).contains("Subject");
    }

    @Test
    void recipientsAreCountedOnceEach() throws Exception {
        String many = String.join(",", Collections.nCopies(5_000, "ada@example.org"));
        StringBuilder different = new StringBuilder("a@example.org");
        for (int i = 0; i < 1_000; i++) {
            different.append(", a").append(i).append("@example.org");
        }

        assertThat(reader.read(to(many)).envelope().recipients()).hasSize(1);
        assertThat(Refusals.of(reader, to(different.toString()))).contains("at most 1000 recipients, not 1001");
    }

    @Test
    void theLimitOfRequestsIsTheLimitOfMessages() {
        SubmissionReader small = new SubmissionReader(new RequestLimits(30, 10, 10, 10), AttachmentsRoot.none());

        assertThat(Refusals.of(small, Arrivals.file("a.eml", MESSAGE))).contains("at most 30 bytes");
        assertThat(Refusals.of(reader, Arrivals.file("a.eml", new byte[0]))).isEqualTo("inbox/a.eml: empty");
        assertThat(Refusals.of(reader, Arrivals.file("a.eml", null))).contains("nothing to read");
    }

    @Test
    void theContentIsNotCopied() throws Exception {
        RawSubmission raw = (RawSubmission) reader.read(Arrivals.file("a.eml", MESSAGE));

        assertThat(raw.body().octets()).isSameAs(MESSAGE);
        assertThat(raw.fields()).allSatisfy(field -> assertThat(field.octets()).isSameAs(MESSAGE));
    }

    @Test
    void aRefusalIsOneLineAndNeverShowsTheMessage() {
        byte[] letter = "From: a@b.c\r\nTo: d@e.f\r\nSubject: s\u0007ecret\r\nsecret\r\n\r\nsecret\r\n".getBytes(UTF_8);

        assertThat(Refusals.of(reader, Arrivals.file("a.eml", letter)))
                .startsWith("inbox/a.eml: line 4: ")
                .doesNotContain("secret")
                .doesNotContainPattern("\\p{Cc}");
    }

    private static Arrival to(String recipients) {
        return Arrivals.record(MESSAGE, header("content-type", "message/rfc822"), header("rcpt-to", recipients));
    }

    private static Origin.Header header(String name, String value) {
        return new Origin.Header(name, value.getBytes(UTF_8));
    }
}
