package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.AddressCase;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.message.MessageComposer;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.RequestReader;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every address that is accepted is the same mailbox in the command and in the header field, for whoever reads them. */
class AddressOnTheWireTest {

    private static final Properties READS_UTF8 = new Properties();

    static {
        READS_UTF8.setProperty(
                "mail.mime.allowutf8", "true"); // RFC 6532; else Jakarta Mail takes octets for characters.
    }

    private static final RequestReader READER = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());
    private static final MessageComposer COMPOSER =
            new MessageComposer(Clock.systemUTC(), Optional.empty(), Optional.empty());

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void commandAndFieldNameTheSameMailbox(AddressCase given) throws Exception {
        String local = given.address().substring(0, given.address().lastIndexOf('@'));
        String address = local + "@" + IDN.toASCII(given.address().substring(local.length() + 1), IDN.ALLOW_UNASSIGNED);
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            engine.send(message(given.address()));

            assertThat(relay.transcript()).contains("C: RCPT TO:<" + address + ">");
            ReceivedMessage message = relay.messages().get(0);
            assertThat(message.recipients()).containsExactly(address);
            assertThat(byMime4j(message)).isEqualTo(unquoted(local) + address.substring(local.length()));
            assertThat(byJakartaMail(message)).isEqualTo(address);
        }
    }

    static List<AddressCase> commandAndFieldNameTheSameMailbox() {
        return AddressCase.all().stream().filter(AddressCase::accepted).toList();
    }

    private static Outgoing message(String address) throws Exception {
        String json = """
            {"from": "shop@example.com", "to": ["%s"], "text": ""}\
            """.formatted(address.replace("\\", "\\\\").replace("\"", "\\\""));
        Arrival arrival = new Arrival(
                new Origin.InboxFile(Path.of("a.json"), "a.json"), json.getBytes(StandardCharsets.UTF_8), () -> {});
        return COMPOSER.compose(READER.read(arrival), arrival);
    }

    private static String byMime4j(ReceivedMessage received) throws Exception {
        Message message = new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(received.bytes()));
        assertThat(message.getTo()).hasSize(1);
        Mailbox mailbox = message.getTo().flatten().get(0);
        return mailbox.getLocalPart() + "@" + mailbox.getDomain();
    }

    private static String byJakartaMail(ReceivedMessage received) throws Exception {
        MimeMessage message =
                new MimeMessage(Session.getInstance(READS_UTF8), new ByteArrayInputStream(received.bytes()));
        assertThat(message.getRecipients(RecipientType.TO)).hasSize(1);
        return ((InternetAddress) message.getRecipients(RecipientType.TO)[0]).getAddress();
    }

    /** RFC 5321 §4.1.2: what the quotes are around is the local part. Mime4j undoes those pairs that have to be pairs. */
    private static String unquoted(String local) {
        return local.startsWith("\"")
                ? local.substring(1, local.length() - 1).replaceAll("\\\\([\"\\\\])", "$1")
                : local;
    }
}
