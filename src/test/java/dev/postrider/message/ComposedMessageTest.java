package dev.postrider.message;

import static dev.postrider.message.Draft.mailbox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.fixture.Readme;
import dev.postrider.submission.Mailbox;
import dev.postrider.submission.TemplateCall;
import dev.postrider.submission.Window;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposedMessageTest {

    @Test
    void theEnvelopeDoesNotFollowTheHeaderFields() throws Exception {
        ComposedMessage message = compose(new Draft()
                .returnPath("bounces+17@example.net")
                .to(mailbox("ada@example.org"))
                .bcc(mailbox("secret@example.net")));

        assertThat(message.envelope().reversePath()).isEqualTo("bounces+17@example.net");
        assertThat(message.envelope().recipients()).containsExactly("ada@example.org", "secret@example.net");
        assertThat(message.getEnvelopeFrom()).isEqualTo("bounces+17@example.net");
        assertThat(Wire.of(message).source()).doesNotContain("bounces").doesNotContain("secret");
    }

    @Test
    void aRecipientIsTheSameWhateverTheCaseAndScriptOfTheDomain() throws Exception {
        ComposedMessage message = compose(new Draft()
                .to(mailbox("dup@example.test"), mailbox("Dup@example.test"), mailbox("dup@bücher.test"))
                .bcc(mailbox("dup@EXAMPLE.TEST"), mailbox("dup@XN--BCHER-KVA.test")));

        assertThat(message.envelope().recipients())
                .containsExactly("dup@example.test", "Dup@example.test", "dup@xn--bcher-kva.test");
    }

    @Test
    void theNullPathIsNotMistakenForNoPath() throws Exception {
        ComposedMessage message = compose(new Draft().returnPath(""));

        assertThat(message.envelope().reversePath()).isEmpty();
        assertThat(message.getEnvelopeFrom()).isEqualTo("<>");
    }

    @Test
    void theEnvelopeHasDomainsInAsciiAndEachRecipientOnce() throws Exception {
        ComposedMessage message = compose(new Draft()
                .from(mailbox("info@bücher.example"))
                .to(mailbox("ayşe@bücher.example"), mailbox("bob@BÜCHER.example"))
                .cc(mailbox("bob@xn--bcher-kva.example")));

        assertThat(message.envelope().reversePath()).isEqualTo("info@xn--bcher-kva.example");
        assertThat(message.envelope().recipients())
                .containsExactly("ayşe@xn--bcher-kva.example", "bob@xn--bcher-kva.example");
    }

    @Test
    void theMessageIdIsTheSameForTheSameRequest() throws Exception {
        ComposedMessage first = compose(new Draft().id("order-17"));
        ComposedMessage again = compose(new Draft().id("order-17").subject("Reminder"));
        ComposedMessage other = compose(new Draft().id("order-18"));

        assertThat(first.messageId()).isEqualTo(again.messageId()).isNotEqualTo(other.messageId());
        assertThat(first.id()).isEqualTo("order-17");
        assertThat(Wire.of(first).message().getMessageId()).isEqualTo(first.messageId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-17", "a b<c>@\"d\\", "siparişğü", "注文", "mail.requests-0@17"})
    void theMessageIdHasSafeCharactersOnly(String id) throws Exception {
        assertThat(compose(new Draft().id(id)).messageId()).matches("<[0-9a-f]{40}@example\\.com>");
    }

    @Test
    void theMessageIdEndsInTheDomainOfTheOneWhoSends() throws Exception {
        Draft draft = new Draft().from(mailbox("info@Bücher.example"));

        assertThat(compose(draft).messageId()).endsWith("@xn--bcher-kva.example>");
        assertThat(compose(draft.sender(new Mailbox("", "robot@Example.NET"))).messageId())
                .endsWith("@example.net>");
    }

    @Test
    void aSenderThatSavesItBeforeSendingChangesNothing() throws Exception {
        ComposedMessage message = compose(new Draft().html("<p>words</p>").attach("a.txt", "text/plain", new byte[9]));
        byte[] before = Wire.of(message).octets();

        message.saveChanges();

        assertThat(message.getMessageID()).isEqualTo(message.messageId());
        assertThat(Wire.of(message).octets()).isEqualTo(before);
    }

    @Test
    void itDoesNotMatterWhichThreadComposesAndWrites() throws Exception {
        Draft draft = new Draft().text("çok güzel").html("<p>çok</p>").attach("a.bin", "a/b", new byte[9]);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(Wire.of(draft).structure()).isEqualTo("mixed(alternative(text/plain, text/html), a/b)");
            assertThat(thread.getContextClassLoader()).isEqualTo(ClassLoader.getPlatformClassLoader());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a@straße.example", "a@ευαγγελιος.example", "a@x＠y.example", "a@ü..example", "a@ü_b.example"})
    void aDomainThatHasNoSureAsciiFormIsRefused(String address) {
        assertThatThrownBy(() -> compose(new Draft().to(mailbox(address))))
                .isInstanceOf(Uncomposable.class)
                .hasMessageStartingWith("domain '");
    }

    @Test
    void withoutTheWordsOfItsTemplateItIsNotSent() {
        TemplateCall call = new TemplateCall("order", Optional.empty(), JsonNodeFactory.instance.objectNode());

        assertThatThrownBy(() -> compose(new Draft().template(call)))
                .isInstanceOf(Uncomposable.class)
                .hasMessageStartingWith("template: its words are not filled in");
    }

    @Test
    void beforeItsTimeItIsNotSent() {
        Window tomorrow = new Window(Optional.of(Wire.NOW.plus(Duration.ofDays(1))), Optional.empty());

        assertThatThrownBy(() -> compose(new Draft().window(tomorrow)))
                .isInstanceOf(Uncomposable.class)
                .hasMessageStartingWith("sendAt: its time has not come");
    }

    @Test
    void anAddressLiteralStaysAsItIs() throws Exception {
        ComposedMessage message = compose(new Draft().to(mailbox("ada@[IPv6:2001:db8::1]")));

        assertThat(message.envelope().recipients()).containsExactly("ada@[IPv6:2001:db8::1]");
    }

    @Test
    void theMessageIdInTheReadmeIsThatOfItsRequest() throws Exception {
        String outcome = Readme.read().section("Outcomes").blocks("json").get(0);

        assertThat(outcome).contains("\"id\": \"order-17\"").contains(MessageId.of("order-17", "example.com"));
    }

    private static ComposedMessage compose(Draft draft) throws Uncomposable {
        return Wire.compose(draft.request());
    }
}
