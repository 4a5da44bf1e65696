package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import dev.postrider.submission.Envelope;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole dialogues, from the greeting to QUIT. */
class SessionDialogueTest {

    private final TestAuthority authority = TestAuthority.create();

    @TempDir
    private Path folder;

    private Path trusted;

    @BeforeEach
    void trustTheAuthority() throws Exception {
        trusted = authority.writePem(folder.resolve("authority.pem"));
    }

    @Test
    void aMessageGoesOutOverStartTlsAfterAuthPlain() throws Exception {
        try (var relay = ScriptedRelay.startTls(authority.issue("localhost"))
                .auth("orders", "secret")
                .start()) {
            try (var engine = Engine.open(SmtpSettings.startTls(relay, trusted).login("orders", "secret"))) {
                TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org", "bob@example.org"));

                assertThat(report.complete()).isTrue();
            }
            assertThat(relay.transcript())
                    .containsExactly(
                            "S: 220 relay.test ESMTP",
                            "C: EHLO client.test",
                            "S: 250-relay.test",
                            "S: 250-PIPELINING",
                            "S: 250-SIZE 52428800",
                            "S: 250-8BITMIME",
                            "S: 250-ENHANCEDSTATUSCODES",
                            "S: 250-SMTPUTF8",
                            "S: 250-CHUNKING",
                            "S: 250 STARTTLS",
                            "C: STARTTLS",
                            "S: 220 2.0.0 ready to start TLS",
                            "C: EHLO client.test",
                            "S: 250-relay.test",
                            "S: 250-PIPELINING",
                            "S: 250-SIZE 52428800",
                            "S: 250-8BITMIME",
                            "S: 250-ENHANCEDSTATUSCODES",
                            "S: 250-SMTPUTF8",
                            "S: 250-CHUNKING",
                            "S: 250 AUTH PLAIN LOGIN",
                            "C: AUTH PLAIN ***",
                            "S: 235 2.7.0 authenticated",
                            "C: BDAT 8 LAST",
                            "C: (chunk)",
                            "S: 503 5.5.1 bad sequence of commands",
                            "C: RSET",
                            "S: 250 2.0.0 reset",
                            "C: MAIL FROM:<shop@example.com> SIZE=60",
                            "S: 250 2.1.0 sender ok",
                            "C: RCPT TO:<ann@example.org>",
                            "S: 250 2.1.5 recipient ok",
                            "C: RCPT TO:<bob@example.org>",
                            "S: 250 2.1.5 recipient ok",
                            "C: BDAT 60 LAST",
                            "C: (chunk)",
                            "S: 250 2.0.0 queued",
                            "C: QUIT",
                            "S: 221 2.0.0 bye");
            assertThat(relay.messages()).singleElement().satisfies(message -> {
                assertThat(message.tls()).isTrue();
                assertThat(message.user()).contains("orders");
                assertThat(message.reversePath()).isEqualTo("shop@example.com");
                assertThat(message.recipients()).containsExactly("ann@example.org", "bob@example.org");
            });
        }
    }

    @Test
    void authLoginIsUsedWhereThereIsNothingElse() throws Exception {
        try (var relay = ScriptedRelay.startTls(authority.issue("localhost"))
                        .auth("orders", "secret")
                        .authMechanisms("XOAUTH2", "LOGIN")
                        .start();
                var engine = Engine.open(SmtpSettings.startTls(relay, trusted).login("orders", "secret"))) {
            assertThat(engine.send(Letter.to("order-1", "ann@example.org")).complete())
                    .isTrue();
            assertThat(relay.transcript())
                    .containsSubsequence(
                            "C: AUTH LOGIN",
                            "S: 334 VXNlcm5hbWU6",
                            "C: ***",
                            "S: 334 UGFzc3dvcmQ6",
                            "C: ***",
                            "S: 235 2.7.0 authenticated",
                            "C: MAIL FROM:<shop@example.com> SIZE=60");
            assertThat(relay.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.user()).contains("orders"));
        }
    }

    @Test
    void tlsBeginsWithTheFirstByteWhenImplicit() throws Exception {
        try (var relay = ScriptedRelay.implicitTls(authority.issue("localhost"))
                .auth("orders", "secret")
                .start()) {
            try (var engine = Engine.open(
                    SmtpSettings.startTls(relay, trusted).tls(Tls.IMPLICIT).login("orders", "secret"))) {
                assertThat(engine.send(Letter.to("order-1", "ann@example.org")).complete())
                        .isTrue();
            }
            assertThat(relay.transcript())
                    .containsExactly(
                            "S: 220 relay.test ESMTP",
                            "C: EHLO client.test",
                            "S: 250-relay.test",
                            "S: 250-PIPELINING",
                            "S: 250-SIZE 52428800",
                            "S: 250-8BITMIME",
                            "S: 250-ENHANCEDSTATUSCODES",
                            "S: 250-SMTPUTF8",
                            "S: 250-CHUNKING",
                            "S: 250 AUTH PLAIN LOGIN",
                            "C: AUTH PLAIN ***",
                            "S: 235 2.7.0 authenticated",
                            "C: BDAT 8 LAST",
                            "C: (chunk)",
                            "S: 503 5.5.1 bad sequence of commands",
                            "C: RSET",
                            "S: 250 2.0.0 reset",
                            "C: MAIL FROM:<shop@example.com> SIZE=60",
                            "S: 250 2.1.0 sender ok",
                            "C: RCPT TO:<ann@example.org>",
                            "S: 250 2.1.5 recipient ok",
                            "C: BDAT 60 LAST",
                            "C: (chunk)",
                            "S: 250 2.0.0 queued",
                            "C: QUIT",
                            "S: 221 2.0.0 bye");
            assertThat(relay.messages()).singleElement().satisfies(message -> {
                assertThat(message.tls()).isTrue();
                assertThat(message.user()).contains("orders");
            });
        }
    }

    @Test
    void withoutTlsAndLogInThereIsNeither() throws Exception {
        try (var relay = ScriptedRelay.plain().start()) {
            try (var engine = Engine.open(SmtpSettings.plain(relay))) {
                assertThat(engine.send(Letter.to("order-1", "ann@example.org")).complete())
                        .isTrue();
            }
            assertThat(relay.transcript())
                    .containsExactly(
                            "S: 220 relay.test ESMTP",
                            "C: EHLO client.test",
                            "S: 250-relay.test",
                            "S: 250-PIPELINING",
                            "S: 250-SIZE 52428800",
                            "S: 250-8BITMIME",
                            "S: 250-ENHANCEDSTATUSCODES",
                            "S: 250-SMTPUTF8",
                            "S: 250 CHUNKING",
                            "C: BDAT 8 LAST",
                            "C: (chunk)",
                            "S: 503 5.5.1 bad sequence of commands",
                            "C: RSET",
                            "S: 250 2.0.0 reset",
                            "C: MAIL FROM:<shop@example.com> SIZE=60",
                            "S: 250 2.1.0 sender ok",
                            "C: RCPT TO:<ann@example.org>",
                            "S: 250 2.1.5 recipient ok",
                            "C: BDAT 60 LAST",
                            "C: (chunk)",
                            "S: 250 2.0.0 queued",
                            "C: QUIT",
                            "S: 221 2.0.0 bye");
        }
    }

    @Test
    void heloIsSaidToARelayThatKnowsNothingElseAndNoTlsIsAskedFor() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyTo("EHLO", "500 5.5.1 command not recognized")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            assertThat(engine.send(Letter.to("order-1", "ann@example.org")).complete())
                    .isTrue();
            assertThat(relay.transcript())
                    .containsSubsequence("C: EHLO client.test", "C: HELO client.test", "S: 250 relay.test");
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\u0085", "\u2028", "\u2029", "\u001b"})
    void aReplyIsNoLessAReplyForAnOddCharacterInIt(String odd) throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyTo("end-of-data", "250 2.0.0 queued" + odd)
                        .replyTo("RCPT TO:<nobody@example.org>", "550 5.1.1 no" + odd + "such user")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org", "nobody@example.org"));

            assertThat(ReportText.of(report))
                    .hasSize(2)
                    .anySatisfy(
                            ann -> assertThat(ann).startsWith("ann@example.org relayed at FINAL_DOT: 250 2.0.0 queued"))
                    .anySatisfy(nobody ->
                            assertThat(nobody).startsWith("nobody@example.org failed at RCPT: 550 5.1.1 no\\"))
                    .noneMatch(line -> line.contains(odd));
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @Test
    void theNullReversePathIsSaidAsSuch() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            engine.send(Letter.of(new Envelope("", List.of("ann@example.org")), "b-1", "\r\n"));

            assertThat(relay.transcript()).contains("C: MAIL FROM:<> SIZE=2");
        }
    }
}
