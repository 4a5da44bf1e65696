package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong with the relay itself stops the line: nothing is said that should not be, nothing is attempted or counted,
 * a person is told what to do, and when it is done the mail goes out by itself.
 */
class StoppedLineTest {

    private static final String PASSWORD = "s3cr3t!";

    private final TestAuthority authority = TestAuthority.create();

    @TempDir
    private Path folder;

    private Path trusted;

    @BeforeEach
    void trustTheAuthority() throws Exception {
        trusted = authority.writePem(folder.resolve("authority.pem"));
    }

    @Test
    void repliesInjectedBehindStartTls() throws Exception {
        try (var relay = relay().injectAfterStartTls("250-relay.test\r\n250 AUTH PLAIN\r\n235 ok\r\n")
                        .start();
                var engine = Engine.start(settings(relay))) {
            var report = waiting(engine, relay, "before TLS began", "injecting", "look at the network path");

            relay.injectAfterStartTls("");
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void aCertificateForAnotherHost() throws Exception {
        try (var relay = ScriptedRelay.startTls(authority.issue("other.example"))
                        .auth("orders", PASSWORD)
                        .start();
                var renewed = relay().start()) {
            SmtpSettings settings = settings(relay);
            try (var engine = Engine.start(settings)) {
                var report = waiting(engine, relay, "is for another host", "localhost", "set postrider.smtp.host");

                settings.relay(renewed);
                assertThatItGoesOut(report, renewed);
            }
        }
    }

    @Test
    void aCertificateThatHasExpired() throws Exception {
        try (var relay = ScriptedRelay.startTls(authority.issueExpired("localhost"))
                        .auth("orders", PASSWORD)
                        .start();
                var renewed = relay().start()) {
            SmtpSettings settings = settings(relay);
            try (var engine = Engine.start(settings)) {
                var report = waiting(engine, relay, "not valid today", "NotAfter", "renew it", "clock");

                settings.relay(renewed);
                assertThatItGoesOut(report, renewed);
            }
        }
    }

    @Test
    void aCertificateOfAnAuthorityNobodyTrusts() throws Exception {
        try (var relay = ScriptedRelay.startTls(TestAuthority.create().issue("localhost"))
                        .auth("orders", PASSWORD)
                        .start();
                var mended = relay().start()) {
            SmtpSettings settings = settings(relay);
            try (var engine = Engine.start(settings)) {
                var report = waiting(
                        engine, relay, "not signed by an authority we trust", "postrider.smtp.trust-certificates");

                settings.relay(mended);
                assertThatItGoesOut(report, mended);
            }
        }
    }

    @Test
    void theSameCertificatesAreRefusedWhenTlsIsImplicit() throws Exception {
        try (var other = ScriptedRelay.implicitTls(authority.issue("other.example"))
                        .start();
                var expired = ScriptedRelay.implicitTls(authority.issueExpired("localhost"))
                        .start();
                var unknown = ScriptedRelay.implicitTls(TestAuthority.create().issue("localhost"))
                        .start();
                var good = ScriptedRelay.implicitTls(authority.issue("localhost"))
                        .auth("orders", PASSWORD)
                        .start()) {
            SmtpSettings settings = settings(other).tls(Tls.IMPLICIT);
            try (var engine = Engine.start(settings)) {
                var report = waiting(engine, other, "is for another host", "set postrider.smtp.host");

                settings.relay(expired);
                engine.awaitStop("not valid today", "renew it");
                settings.relay(unknown);
                engine.awaitStop("not signed by an authority we trust", "postrider.smtp.trust-certificates");
                assertThatNothingWasSaid(expired);
                assertThatNothingWasSaid(unknown);

                settings.relay(good);
                assertThatItGoesOut(report, good);
            }
        }
    }

    @Test
    void startTlsNotOffered() throws Exception {
        try (var relay = relay().without("STARTTLS").start();
                var engine = Engine.start(settings(relay))) {
            var report = waiting(engine, relay, "does not offer STARTTLS", "587", "postrider.smtp.tls=implicit");

            relay.extension("STARTTLS");
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void startTlsOfferedAndRefused() throws Exception {
        try (var relay = relay().replyTo("STARTTLS", "454 4.7.0 TLS not available due to temporary reason")
                        .start();
                var engine = Engine.start(settings(relay))) {
            var report = waiting(engine, relay, "refuses it: 454 4.7.0 TLS not available", "the relay's TLS settings");

            relay.clearReplies();
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void aRelayThatKnowsNoNewerTlsThanOurs() throws Exception {
        try (var old = new OldTlsServer();
                var engine = Engine.start(new SmtpSettings()
                        .trustCertificates(trusted)
                        .tls(Tls.IMPLICIT)
                        .port(old.port()))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));

            engine.awaitStop("does not speak TLS 1.2 or newer", "update the relay");
            assertThat(report).isNotDone();
        }
    }

    @Test
    void noAuthOfferedToThoseWhoHaveToLogIn() throws Exception {
        try (var relay = relay().noAuthOffered().start();
                var engine = Engine.start(settings(relay))) {
            var report = waiting(engine, relay, "neither AUTH PLAIN nor AUTH LOGIN", "check the relay's mechanisms");

            relay.authMechanisms("PLAIN");
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void noMechanismOfferedThatWeHave() throws Exception {
        try (var relay = relay().authMechanisms("CRAM-MD5", "XOAUTH2").start();
                var engine = Engine.start(settings(relay))) {
            var report = waiting(engine, relay, "neither AUTH PLAIN nor AUTH LOGIN", "check the relay's mechanisms");

            relay.authMechanisms("LOGIN");
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void aWrongPassword() throws Exception {
        try (var relay = relay().auth("orders", "another").start();
                var engine = Engine.start(settings(relay))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));
            engine.awaitStop(
                    "refused the log-in of 'orders': 535 5.7.8",
                    "Check postrider.smtp.username and postrider.smtp.password");
            await().until(() -> relay.connections() > 2);
            assertThat(report).isNotDone();
            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: MAIL"));

            relay.auth("orders", PASSWORD);
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void aRelayThatCannotCheckPasswordsAtTheMoment() throws Exception {
        try (var relay = relay().replyTo("AUTH", "454 4.7.0 Temporary authentication failure")
                        .start();
                var engine = Engine.start(settings(relay))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));
            String reason = engine.awaitStop("cannot check the log-in of 'orders' at the moment: 454 4.7.0");
            assertThat(reason).doesNotContain("postrider.smtp.password");

            relay.clearReplies();
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void thePasswordIsNotTold() throws Exception {
        String plain = base64("orders\0orders\0" + PASSWORD);
        try (var relay = relay().replyTo(
                                "AUTH",
                                "535 5.7.8 " + PASSWORD + " and " + base64(PASSWORD) + " and " + plain + " are wrong")
                        .start();
                var engine = Engine.start(settings(relay))) {

            String reason = engine.awaitStop("refused the log-in");

            assertThat(reason).contains("535 5.7.8 *** and *** and *** are wrong");
            assertThat(reason).doesNotContain(PASSWORD, base64(PASSWORD), plain);
        }
    }

    @Test
    void mailRefusedForWantOfALogIn() throws Exception {
        try (var relay = relay().replyTo("MAIL", "530 5.7.0 Authentication required")
                        .start();
                var engine = Engine.start(
                        new SmtpSettings().trustCertificates(trusted).relay(relay))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));

            engine.awaitStop("530 5.7.0 Authentication required", "Set postrider.smtp.username and");
            assertThat(report).isNotDone();

            relay.noAuthOffered().clearReplies();
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void mailRefusedInSpiteOfTheLogIn() throws Exception {
        for (String reply :
                new String[] {"530 5.7.0 log in", "535 5.7.8 expired", "538 5.7.11 encrypt", "534 5.7.9 weak"}) {
            for (String command : new String[] {"MAIL", "RCPT"}) {
                try (var relay = relay().without("CHUNKING").start();
                        var engine = Engine.start(settings(relay))) {
                    // To RCPT it could be about the recipient: only what was taken before shows that it is not.
                    Engine.get(engine.sendLater(Letter.to("order-0", "bob@example.org")));
                    relay.replyTo(command, reply);
                    var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));

                    engine.awaitStop(reply, "Check on the relay what 'orders' may do");
                    assertThat(report).isNotDone();

                    relay.clearReplies();
                    assertThat(Engine.get(report).complete()).isTrue();
                    assertThat(relay.messages()).hasSize(2);
                }
            }
        }
    }

    @Test
    void tlsWantedByARelayThatWasToBeUsedWithout() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyTo("MAIL", "530 5.7.0 Must issue a STARTTLS command first")
                        .start();
                var engine = Engine.start(SmtpSettings.plain(relay))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));

            engine.awaitStop("Must issue a STARTTLS command first", "set postrider.smtp.tls=starttls");
            assertThat(report).isNotDone();
        }
    }

    @Test
    void tlsIsNotBegunWhereItWasNotAskedFor() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .auth("orders", PASSWORD)
                        .replyTo("AUTH", "530 5.7.0 Must issue a STARTTLS command first")
                        .start();
                var engine = Engine.start(SmtpSettings.plain(relay).login("orders", PASSWORD))) {

            engine.awaitStop("Must issue a STARTTLS command first", "set postrider.smtp.tls=starttls");

            assertThat(relay.transcript()).doesNotContain("C: STARTTLS");
        }
    }

    @Test
    void whatWasOfferedBeforeTlsIsNotBelievedAfter() throws Exception {
        try (var relay = relay().replyOnce("EHLO", "250-relay.test\n250-AUTH PLAIN LOGIN\n250 STARTTLS")
                        .replyTo("EHLO", "554 5.7.0 no")
                        .start();
                var engine = Engine.start(settings(relay))) {
            await().until(() -> relay.transcript(1).contains("S: 554 5.7.0 no"));
            engine.awaitStop("refuses EHLO", "postrider.smtp.ehlo-name");

            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: AUTH"));
        }
    }

    @Test
    void ehloRefused() throws Exception {
        try (var relay = relay().replyTo("EHLO", "550 5.7.1 who is client.test").start();
                var engine = Engine.start(settings(relay))) {
            var report = waiting(engine, relay, "refuses EHLO: 550 5.7.1", "postrider.smtp.ehlo-name");

            relay.clearReplies();
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void aGreetingThatSendsUsAway() throws Exception {
        try (var relay = relay().replyTo("connect", "554 5.7.1 no service for you")
                        .start();
                var engine = Engine.start(settings(relay))) {
            var report = waiting(engine, relay, "does not want us: 554 5.7.1 no service", "lets this machine in");

            relay.clearReplies();
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void aGreetingThatPutsUsOffWithImplicitTlsToo() throws Exception {
        try (var relay = ScriptedRelay.implicitTls(authority.issue("localhost"))
                        .auth("orders", PASSWORD)
                        .replyTo("connect", "421 4.3.2 the system is going down")
                        .start();
                var engine = Engine.start(settings(relay).tls(Tls.IMPLICIT))) {
            var report = waiting(engine, relay, "does not want us: 421 4.3.2 the system is going down");

            relay.clearReplies();
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void somethingElseThanARelayAtThatPort() throws Exception {
        try (var relay = relay().replyTo("connect", "HTTP/1.1 400 Bad Request").start();
                var engine = Engine.start(settings(relay))) {
            var report = waiting(engine, relay, "HTTP/1.1 400 Bad Request", "postrider.smtp.port");

            assertThat(report).isNotDone();
        }
    }

    @Test
    void aStartTlsPortAskedForImplicitTls() throws Exception {
        try (var relay = relay().start();
                var engine = Engine.start(settings(relay).tls(Tls.IMPLICIT))) {
            var report = waiting(engine, relay, "does not begin with TLS", "set postrider.smtp.tls=starttls");

            assertThat(report).isNotDone();
        }
    }

    @Test
    void anImplicitTlsPortAskedForStartTls() throws Exception {
        try (var relay = ScriptedRelay.implicitTls(authority.issue("localhost")).start();
                var engine = Engine.start(settings(relay).openTimeout(Duration.ofMillis(300)))) {
            var report = waiting(engine, relay, "did not greet", "set postrider.smtp.tls=implicit");

            assertThat(report).isNotDone();
        }
    }

    @Test
    void aHostThatDnsDoesNotKnow() throws Exception {
        try (var engine = Engine.start(new SmtpSettings().host("relay.invalid").port(587))) {
            engine.awaitStop("'relay.invalid' is not known", "check postrider.smtp.host and the DNS");
        }
    }

    @Test
    void aHostThatDnsDoesNotKnowWhenTlsIsImplicit() throws Exception {
        try (var engine = Engine.start(
                new SmtpSettings().tls(Tls.IMPLICIT).host("relay.invalid").port(465))) {
            engine.awaitStop("'relay.invalid' is not known", "check postrider.smtp.host and the DNS");
        }
    }

    @Test
    void aPortNobodyListensOn() throws Exception {
        try (var relay = relay().start();
                var engine = Engine.start(settings(relay))) {
            engine.awaitOpen();
            relay.stopListening();
            relay.disconnectAll();
            await().until(() -> relay.openConnections() == 0);
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));

            engine.awaitStop("localhost:" + relay.port() + " refuses connections", "postrider.smtp.port");

            relay.resumeListening();
            assertThatItGoesOut(report, relay);
        }
    }

    @Test
    void aHostThatDoesNotAnswer() throws Exception {
        try (var silent = new SilentPort();
                var engine =
                        Engine.start(new SmtpSettings().port(silent.port()).connectTimeout(Duration.ofMillis(200)))) {
            engine.awaitStop("cannot be reached", "timed out", "firewall");
        }
    }

    private ScriptedRelay relay() {
        return ScriptedRelay.startTls(authority.issue("localhost")).auth("orders", PASSWORD);
    }

    private SmtpSettings settings(ScriptedRelay relay) {
        return SmtpSettings.startTls(relay, trusted).login("orders", PASSWORD);
    }

    /** A message that waits because the line is stopped, with this advice, and the relay has been told nothing. */
    private static CompletableFuture<TransactionReport> waiting(Engine engine, ScriptedRelay relay, String... advice) {
        var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));
        String reason = engine.awaitStop(advice);
        assertThat(reason).doesNotContain("\n", PASSWORD);
        await().until(() -> relay.connections() > 2);
        assertThat(report).isNotDone();
        assertThatNothingWasSaid(relay);
        return report;
    }

    private static void assertThatNothingWasSaid(ScriptedRelay relay) {
        assertThat(relay.messages()).isEmpty();
        assertThat(relay.transcript())
                .noneMatch(line -> line.startsWith("C: MAIL"))
                .noneMatch(line -> line.startsWith("C: AUTH"))
                .noneMatch(line -> line.equals("C: ***"));
    }

    private static void assertThatItGoesOut(CompletableFuture<TransactionReport> report, ScriptedRelay relay)
            throws Exception {
        assertThat(ReportText.of(Engine.get(report)))
                .containsExactly("ann@example.org relayed at FINAL_DOT: 250 2.0.0 queued");
        assertThat(relay.messages()).hasSize(1);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
