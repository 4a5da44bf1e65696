package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.delivery.Disposition;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every command × every kind of reply: what becomes of the recipients, and of the session. */
class RefusalMatrixTest {

    @ParameterizedTest(name = "{0} answered {1} means {2}, and the session is {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # the relay says to | this                                       | so it is | and the session is | after transactions
            MAIL FROM           | 450 4.7.1 greylisted, come back            | deferred | kept               | 1
            MAIL FROM           | 452 4.3.1 out of space                     | deferred | kept               | 1
            MAIL FROM           | 451 4.3.0 local error                      | deferred | kept               | 1
            MAIL FROM           | 550 5.7.1 sender refused                   | failed   | kept               | 1
            MAIL FROM           | 552 5.3.4 message too big                  | failed   | kept               | 1
            MAIL FROM           | 555 5.5.4 parameters not recognized        | failed   | kept               | 1
            MAIL FROM           | 503 5.5.1 bad sequence of commands         | deferred | dropped            | 1
            MAIL FROM           | 354 go ahead                               | deferred | dropped            | 1
            # ... which was said to an idle session first, and then to as many new ones as may be lost, and one more
            MAIL FROM           | 421 4.3.2 shutting down                    | deferred | dropped            | 4
            RCPT TO             | 450 4.2.1 mailbox busy                     | deferred | kept               | 1
            RCPT TO             | 451 4.7.1 greylisted                       | deferred | kept               | 1
            RCPT TO             | 452 4.5.3 too many recipients              | deferred | kept               | 1
            RCPT TO             | 550 5.1.1 no such user                     | failed   | kept               | 1
            RCPT TO             | 551 5.1.6 user has moved                   | failed   | kept               | 1
            RCPT TO             | 553 5.1.3 bad address                      | failed   | kept               | 1
            RCPT TO             | 554 5.7.1 relaying denied                  | failed   | kept               | 1
            RCPT TO             | 552 5.5.3 too many recipients              | deferred | kept               | 1
            RCPT TO             | 503 5.5.1 bad sequence of commands         | deferred | dropped            | 1
            RCPT TO             | 354 go ahead                               | deferred | dropped            | 1
            RCPT TO             | 421 4.7.0 too many errors                  | deferred | dropped            | 1
            DATA                | 451 4.3.0 try later                        | deferred | kept               | 1
            DATA                | 452 4.3.1 out of space                     | deferred | kept               | 1
            DATA                | 554 5.5.1 no valid recipients              | failed   | kept               | 1
            DATA                | 503 5.5.1 bad sequence of commands         | deferred | dropped            | 1
            DATA                | 250 2.0.0 what was the question            | deferred | dropped            | 1
            DATA                | 421 4.3.2 shutting down                    | deferred | dropped            | 1
            end-of-data         | 450 4.2.0 try later                        | deferred | kept               | 1
            end-of-data         | 451 4.3.0 error in processing              | deferred | kept               | 1
            end-of-data         | 452 4.3.1 out of space                     | deferred | kept               | 1
            end-of-data         | 550 5.7.1 looks like spam                  | failed   | kept               | 1
            end-of-data         | 552 5.3.4 message too big                  | failed   | kept               | 1
            end-of-data         | 554 5.6.0 content refused                  | failed   | kept               | 1
            end-of-data         | 535 5.7.8 refused after all                | failed   | kept               | 1
            end-of-data         | 503 5.5.1 bad sequence of commands         | deferred | dropped            | 1
            end-of-data         | 421 4.3.2 shutting down                    | deferred | dropped            | 1
            """)
    void aRefusalIsReportedAsItIs(String command, String reply, String disposition, String session, int transactions)
            throws Exception {
        try (var relay = ScriptedRelay.plain().replyTo(command, reply).start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            TransactionReport report = engine.send(Letter.to("refused", "ann@example.org", "bob@example.org"));

            assertThat(report.recipients()).hasSize(2).allSatisfy(recipient -> {
                assertThat(Disposition.of(recipient)).hasToString(disposition);
                assertThat(recipient.reply()).hasToString(reply);
                assertThat(recipient.stage()).isEqualTo(stage(command));
            });
            assertThat(relay.messages()).isEmpty();
            assertThat(relay.transcript().stream().filter(line -> line.startsWith("C: MAIL")))
                    .hasSize(transactions);
            assertThat(engine.line().stop()).isEmpty();

            relay.clearReplies();
            assertThat(engine.send(Letter.to("next", "ann@example.org")).complete())
                    .isTrue();

            int expected = session.equals("kept") ? 1 : transactions + 1;
            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(expected);
            assertThat(relay.connections()).isEqualTo(expected);
        }
    }

    private static Stage stage(String command) {
        return switch (command.split(" ")[0].toLowerCase(Locale.ROOT)) {
            case "mail" -> Stage.MAIL;
            case "rcpt" -> Stage.RCPT;
            case "data" -> Stage.DATA;
            default -> Stage.FINAL_DOT;
        };
    }
}
