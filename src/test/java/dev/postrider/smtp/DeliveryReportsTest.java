package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Overheard;
import dev.postrider.submission.Dsn;
import dev.postrider.submission.Dsn.Notify;
import dev.postrider.submission.Dsn.Returned;
import dev.postrider.submission.Envelope;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports on the delivery are asked for with MAIL and RCPT (RFC 3461), where the relay offers that. */
@ParameterizedClass
@EnumSource(Way.class)
class DeliveryReportsTest {

    private static final Dsn EVERYTHING = new Dsn(
            List.of(Notify.SUCCESS, Notify.FAILURE, Notify.DELAY),
            Optional.of(Returned.HDRS),
            Optional.of("order 17+a=b"));

    @Parameter
    private Way way;

    @Test
    void eachRecipientIsNamedAsInOurOutcomes() throws Exception {
        try (var relay = way.relay().extension("DSN").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            TransactionReport report = engine.send(letter(EVERYTHING, "ada+news@example.org", "ayşe@example.org"));

            assertThat(report.complete()).isTrue();
            assertThat(relay.transcript())
                    .contains(
                            "C: MAIL FROM:<shop@example.com> SIZE=14 BODY=8BITMIME SMTPUTF8 RET=HDRS"
                                    + " ENVID=order+2017+2Ba+3Db",
                            "C: RCPT TO:<ada+news@example.org> NOTIFY=SUCCESS,FAILURE,DELAY"
                                    + " ORCPT=rfc822;ada+2Bnews@example.org",
                            "C: RCPT TO:<ayşe@example.org> NOTIFY=SUCCESS,FAILURE,DELAY"
                                    + " ORCPT=utf-8;ay\\x{15F}e@example.org");
        }
    }

    @Test
    void onlyWhatIsAskedForIsSaid() throws Exception {
        try (var relay = way.relay().extension("DSN").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            engine.send(letter(new Dsn(List.of(Notify.NEVER), Optional.empty(), Optional.empty()), "ada@example.org"));
            engine.send(letter(new Dsn(List.of(), Optional.of(Returned.FULL), Optional.empty()), "ada@example.org"));
            engine.send(Letter.to("order-1", "ada@example.org"));

            assertThat(relay.transcript())
                    .filteredOn(line -> line.startsWith("C: MAIL") || line.startsWith("C: RCPT"))
                    .containsExactly(
                            "C: MAIL FROM:<shop@example.com> SIZE=14",
                            "C: RCPT TO:<ada@example.org> NOTIFY=NEVER ORCPT=rfc822;ada@example.org",
                            "C: MAIL FROM:<shop@example.com> SIZE=14 RET=FULL",
                            "C: RCPT TO:<ada@example.org> ORCPT=rfc822;ada@example.org",
                            "C: MAIL FROM:<shop@example.com> SIZE=60",
                            "C: RCPT TO:<ada@example.org>");
        }
    }

    @Test
    void aRelayThatCannotBeAskedGetsTheMailAndTheLogSaysSoOnce() throws Exception {
        try (var log = Overheard.of(Trust.class);
                var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            assertThat(engine.send(letter(EVERYTHING, "ada@example.org")).complete())
                    .isTrue();
            assertThat(engine.send(letter(EVERYTHING, "ada@example.org")).complete())
                    .isTrue();

            assertThat(relay.transcript())
                    .contains("C: MAIL FROM:<shop@example.com> SIZE=14", "C: RCPT TO:<ada@example.org>");
            assertThat(log.messages())
                    .containsExactly(
                            "the relay does not offer DSN: mail goes out without what its requests ask for in 'dsn'");
        }
    }

    @Test
    void nothingThatStandsInAnEnvidOrAnAddressBecomesACommandOrAnotherParameter() throws Exception {
        Random random = new Random(17);
        try (var relay = way.relay().extension("DSN").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            for (int i = 0; i < 100; i++) {
                String envid = random.ints(1 + random.nextInt(33), ' ', '~' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                String local = random.ints(1 + random.nextInt(20), ' ', '~' + 1)
                        .filter(c -> c != '"' && c != '\\' && c != '>')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();

                engine.send(letter(
                        new Dsn(List.of(Notify.DELAY), Optional.of(Returned.FULL), Optional.of(envid)),
                        "\"x" + local + "\"@example.org"));
            }

            assertThat(relay.transcript())
                    .filteredOn(line -> line.startsWith("C: MAIL"))
                    .hasSize(100)
                    .allMatch(
                            line -> line.matches(
                                    "C: MAIL FROM:<shop@example\\.com> SIZE=14 RET=FULL ENVID=([!-*,-<>-~]|\\+[0-9A-F]{2}){1,100}"));
            assertThat(relay.transcript())
                    .filteredOn(line -> line.startsWith("C: RCPT"))
                    .hasSize(100)
                    .allMatch(line -> line.matches(
                            "C: RCPT TO:<.*@example\\.org> NOTIFY=DELAY ORCPT=rfc822;([!-*,-<>-~]|\\+[0-9A-F]{2})+"))
                    .allMatch(line -> line.length() <= 512 + 500);
            assertThat(relay.messages()).hasSize(100);
        }
    }

    private static Letter letter(Dsn dsn, String... recipients) {
        return Letter.of(new Envelope("shop@example.com", List.of(recipients)), "order-1", "Subject: a\r\n\r\n")
                .asking(dsn);
    }
}
