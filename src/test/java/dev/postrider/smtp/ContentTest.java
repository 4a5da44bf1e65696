package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.submission.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is between DATA and the final dot. */
@ParameterizedClass
@EnumSource(Way.class)
class ContentTest {

    @Parameter
    private Way way;

    private static final int LARGE = 2 * Rendering.SMALL;
    private static final Envelope ENVELOPE = new Envelope("shop@example.com", List.of("ann@example.org"));

    @ParameterizedTest
    @CsvSource({
        "'a\\r\\n.\\r\\nb\\r\\n',         'a\\r\\n.\\r\\nb\\r\\n'",
        "'.\\r\\n..\\r\\n.hidden\\r\\n',  '.\\r\\n..\\r\\n.hidden\\r\\n'",
        "'a\\n.\\nb\\n',                  'a\\r\\n.\\r\\nb\\r\\n'",
        "'a\\r.\\rb\\r',                  'a\\r\\n.\\r\\nb\\r\\n'",
        "'no line end',                   'no line end\\r\\n'",
        "'ends with a dot\\r\\n.',        'ends with a dot\\r\\n.\\r\\n'",
        "'',                              ''",
        "'\\r\\n',                        '\\r\\n'"
    })
    void contentArrivesAsItIsWithLineEndsMadeCrlf(String sent, String received) throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            engine.send(Letter.of(ENVELOPE, "order-1", unescaped(sent)));
            engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(relay.messages()).hasSize(2);
            assertThat(relay.messages().get(0).text()).isEqualTo(unescaped(received));
        }
    }

    @Test
    void aMessageOfOneMegabyteArrivesIntact() throws Exception {
        StringBuilder text = new StringBuilder("Subject: large\r\n\r\n");
        Random random = new Random(7);
        while (text.length() < 1024 * 1024) {
            int length = random.nextInt(0, 78);
            for (int i = 0; i < length; i++) {
                text.append(random.nextInt(8) == 0 ? '.' : (char) random.nextInt('!', '~' + 1));
            }
            text.append("\r\n");
        }
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            engine.send(Letter.of(ENVELOPE, "order-1", text.toString()));

            assertThat(relay.messages()).hasSize(1);
            assertThat(relay.messages().get(0).text().equals(text.toString()))
                    .as("the same, octet for octet")
                    .isTrue();
        }
    }

    @Test
    void contentThatCannotBeReadToItsEndReachesNobody() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            assertThatThrownBy(() -> engine.send(Letter.of("order-1", out -> {
                        out.write("Subject: half of it\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        out.write(new byte[LARGE]);
                        throw new IOException("attachments/terms.pdf is gone");
                    })))
                    .isInstanceOf(UnreadableContent.class)
                    .hasMessage("attachments/terms.pdf is gone");

            assertThat(engine.send(Letter.to("order-2", "ann@example.org")).complete())
                    .isTrue();
            await().untilAsserted(() -> assertThat(relay.openConnections()).isEqualTo(1));
            assertThat(relay.messages())
                    .extracting(ReceivedMessage::session)
                    .as("after DATA nothing but hanging up helps; chunks are forgotten with RSET")
                    .containsExactly(way.inOneFlight() ? 1 : 2);
            assertThat(engine.line().stop()).isEmpty();
        }
    }

    @Test
    void aFailureWithoutAMessageIsNamedAfterItsKind() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            assertThatThrownBy(() -> engine.send(Letter.of("order-1", out -> {
                        throw new java.io.EOFException();
                    })))
                    .isInstanceOf(UnreadableContent.class)
                    .hasMessageContaining("EOFException");

            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: MAIL"));
        }
    }

    @Test
    void aMistakeOfOursInTheContentIsNotBlamedOnTheRequestAndReachesNobody() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            assertThatThrownBy(() -> engine.send(Letter.of("order-1", out -> {
                        out.write('a');
                        throw new IllegalStateException("a mistake");
                    })))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(engine.send(Letter.to("order-2", "ann@example.org")).complete())
                    .isTrue();
            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(2);
            assertThat(relay.transcript(1)).noneMatch(line -> line.startsWith("C: MAIL"));
        }
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }
}
