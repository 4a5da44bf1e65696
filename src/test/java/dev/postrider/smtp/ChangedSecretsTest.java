package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new password, a new authority: no restart is needed. */
class ChangedSecretsTest {

    private final TestAuthority authority = TestAuthority.create();

    @TempDir
    private Path folder;

    private Path trusted;
    private Path password;

    @BeforeEach
    void write() throws Exception {
        trusted = authority.writePem(folder.resolve("ca.pem"));
        password = Files.writeString(folder.resolve("password"), "old\n");
    }

    @Test
    void aPasswordThatHasExpiredStopsTheLineUntilTheFileHasTheNewOne() throws Exception {
        try (var relay = relay("brand-new").start();
                var engine = Engine.start(settings(relay))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));
            engine.awaitStop(
                    "refused the log-in of 'orders': 535",
                    "Check postrider.smtp.username and postrider.smtp.password-file");

            Files.writeString(password, "brand-new\n");

            assertThat(Engine.get(report).complete()).isTrue();
        }
    }

    @Test
    void sessionsThatAreOpenGoOnAndTheNextOneUsesTheNewPassword() throws Exception {
        try (var relay = relay("old").start();
                var engine = Engine.open(settings(relay).poolSize(1))) {
            Files.writeString(password, "brand-new\n");
            relay.auth("orders", "brand-new");
            engine.send(Letter.to("order-1", "ann@example.org"));

            relay.disconnectAll();
            await().until(() -> relay.openConnections() == 0);
            engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(1, 2);
            assertThat(engine.line().stop()).isEmpty();
        }
    }

    @Test
    void aPasswordFileThatIsGoneStopsTheLineUntilItIsBack() throws Exception {
        try (var relay = relay("old").start();
                var engine = Engine.open(settings(relay))) {
            Files.delete(password);
            relay.disconnectAll();
            await().until(() -> relay.openConnections() == 0);
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));
            engine.awaitStop("postrider.smtp.password-file: cannot read the password from", "no such file");
            assertThat(report).isNotDone();

            Files.writeString(password, "old\n");

            assertThat(Engine.get(report).complete()).isTrue();
        }
    }

    @Test
    void thePasswordThatIsNotToldIsTheOneInUse() throws Exception {
        try (var relay = relay("old").start();
                var engine = Engine.open(settings(relay))) {
            Files.writeString(password, "brand-new\n");
            relay.replyTo("AUTH", "535 5.7.8 brand-new is wrong");
            relay.disconnectAll();
            await().until(() -> relay.openConnections() == 0);
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));

            assertThat(engine.awaitStop("535 5.7.8")).contains("*** is wrong").doesNotContain("brand-new");
            assertThat(report).isNotDone();
        }
    }

    @Test
    void aLogInThatIsEditedInTheSettingsFileIsTakenUp() throws Exception {
        Path file = folder.resolve("application.properties");
        Files.writeString(file, "postrider.smtp.username=orders\npostrider.smtp.password=old\n");
        try (var relay = ScriptedRelay.startTls(authority.issue("localhost"))
                        .auth("invoices", "brand-new")
                        .start();
                var engine = Engine.start(
                        SmtpSettings.startTls(relay, trusted).login("orders", "old"),
                        key -> Optional.of(new SettingsFiles.Place(file, key)))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));
            engine.awaitStop("refused the log-in of 'orders'");

            Files.writeString(file, "postrider.smtp.username=invoices\npostrider.smtp.password=brand-new\n");

            assertThat(Engine.get(report).complete()).isTrue();
        }
    }

    @Test
    void anAuthorityThatIsAddedToTheFileIsTrusted() throws Exception {
        TestAuthority another = TestAuthority.create();
        try (var relay = ScriptedRelay.startTls(another.issue("localhost"))
                        .auth("orders", "old")
                        .start();
                var engine = Engine.start(settings(relay))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));
            engine.awaitStop("is not signed by an authority we trust");

            Files.writeString(trusted, authority.certificatePem() + another.certificatePem());

            assertThat(Engine.get(report).complete()).isTrue();
        }
    }

    @Test
    void aBrokenAuthorityFileStopsNothing() throws Exception {
        try (var relay = relay("old").start();
                var engine = Engine.open(settings(relay))) {
            Files.writeString(trusted, "-----BEGIN NONSENSE-----\n");
            relay.disconnectAll();
            await().until(() -> relay.openConnections() == 0);
            await().until(() -> relay.openConnections() == 0);

            assertThat(engine.send(Letter.to("order-1", "ann@example.org")).complete())
                    .isTrue();
            assertThat(engine.line().stop()).isEmpty();
        }
    }

    private ScriptedRelay relay(String secret) {
        return ScriptedRelay.startTls(authority.issue("localhost")).auth("orders", secret);
    }

    private SmtpSettings settings(ScriptedRelay relay) {
        return SmtpSettings.startTls(relay, trusted).username("orders").passwordFile(password);
    }
}
