package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.fixture.ScriptedRelay;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PooledMailSenderTest {

    @Test
    void theReportIsLeftWithTheMessageAndNothingIsThrownWhenAllWasRelayed() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            Letter letter = Letter.to("order-1", "ann@example.org");
            assertThat(letter.report()).isEmpty();

            engine.sender().send(letter);

            assertThat(letter.report())
                    .hasValueSatisfying(report -> assertThat(ReportText.of(report))
                            .containsExactly("ann@example.org relayed at FINAL_DOT: 250 2.0.0 queued"));
        }
    }

    @Test
    void whoeverWasNotRelayedIsThrownWithTheReport() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyTo("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            Letter letter = Letter.to("order-1", "ann@example.org", "nobody@example.org");

            assertThatThrownBy(() -> engine.sender().send(letter))
                    .isInstanceOfSatisfying(NotRelayed.class, failure -> {
                        assertThat(failure.report().relayed()).hasSize(1);
                        assertThat(failure.report().notRelayed()).hasSize(1);
                    })
                    .hasMessage("1 of 2 recipients not relayed, first 550 5.1.1 no such user");
            assertThat(letter.report()).isPresent();
        }
    }

    @Test
    void aMessageWithoutAnEnvelopeIsNotGuessedAt() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));

            assertThatThrownBy(() -> engine.sender().send(mail))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("with an envelope");
            assertThat(relay.messages()).isEmpty();
        }
    }

    @Test
    void aThreadInterruptedWhileItWaitsLeavesTheRequestWithItsSource() throws Exception {
        try (var relay =
                        ScriptedRelay.plain().replyTo("connect", "554 5.7.1 no").start();
                var engine = Engine.start(SmtpSettings.plain(relay))) {
            engine.awaitStop("554");
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> engine.send(Letter.to("order-1", "ann@example.org")))
                    .isInstanceOf(ShuttingDown.class);

            assertThat(Thread.interrupted()).as("the interrupt is handed on").isTrue();
        }
    }
}
