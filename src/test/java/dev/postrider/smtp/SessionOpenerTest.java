package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** From the first of the relay's addresses to the log-in. */
class SessionOpenerTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final TestAuthority authority = TestAuthority.create();

    @TempDir
    private Path folder;

    private Path trusted;

    @BeforeEach
    void trustTheAuthority() throws Exception {
        trusted = authority.writePem(folder.resolve("authority.pem"));
    }

    // ---- addresses

    @Test
    void anAddressThatRefusesConnectionsIsFollowedByTheNext() throws Exception {
        try (var relay = ScriptedRelay.plain().start()) {
            Relay there = relay(SmtpSettings.plain(relay), "127.0.0.2", "127.0.0.1");

            there.open().quit();

            assertThat(relay.connections()).isEqualTo(1);
        }
    }

    @Test
    void anAddressBehindAFirewallIsFollowedByTheNextAfterTheConnectTimeout() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var silent = new SilentPort(InetAddress.getByName("127.0.0.2"), relay.port())) {
            Relay there = relay(SmtpSettings.plain(relay).connectTimeout(SHORT), "127.0.0.2", "127.0.0.1");

            there.open().quit();

            assertThat(relay.connections()).isEqualTo(1);
        }
    }

    @Test
    void anAddressThatDoesNotGreetIsFollowedByTheNext() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var mute = new ServerSocket(relay.port(), 50, InetAddress.getByName("127.0.0.2"))) {
            Relay there = relay(SmtpSettings.plain(relay).connectTimeout(SHORT), "127.0.0.2", "127.0.0.1");

            there.open().quit();

            assertThat(relay.connections()).isEqualTo(1);
            assertThat(mute.isClosed()).isFalse();
        }
    }

    @Test
    void anAddressThatIsSilentInsteadOfTlsIsFollowedByTheNext() throws Exception {
        try (var relay = ScriptedRelay.implicitTls(authority.issue("localhost")).start();
                var mute = new ServerSocket(relay.port(), 50, InetAddress.getByName("127.0.0.2"))) {
            Relay there = relay(
                    SmtpSettings.startTls(relay, trusted).tls(Tls.IMPLICIT).connectTimeout(SHORT),
                    "127.0.0.2",
                    "127.0.0.1");

            there.open().quit();

            assertThat(relay.connections()).isEqualTo(1);
            assertThat(mute.isClosed()).isFalse();
        }
    }

    @Test
    void anAddressThatUsedUpAllTheTimeIsTriedLastTheNextTime() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var mute = new ServerSocket(relay.port(), 50, InetAddress.getByName("127.0.0.2"))) {
            Relay there = relay(
                    SmtpSettings.plain(relay).connectTimeout(LONG).openTimeout(Duration.ofSeconds(2)),
                    "127.0.0.2",
                    "127.0.0.1");
            assertThatThrownBy(there::open).isInstanceOf(RelayBroken.class);
            assertThat(relay.connections()).isZero();

            there.open().quit();

            assertThat(relay.connections()).isEqualTo(1);
            assertThat(mute.isClosed()).isFalse();
        }
    }

    @Test
    void anAddressThatDoesNotWantUsIsFollowedByTheNext() throws Exception {
        try (var relay =
                ScriptedRelay.plain().replyOnce("connect", "554 5.7.1 not here").start()) {
            Relay there = relay(SmtpSettings.plain(relay), "127.0.0.1", "127.0.0.1");

            there.open().quit();

            assertThat(relay.connections()).isEqualTo(2);
        }
    }

    @Test
    void anAddressThatFailedIsTriedLastTheNextTime() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var silent = new SilentPort(InetAddress.getByName("127.0.0.2"), relay.port())) {
            Relay there =
                    relay(SmtpSettings.plain(relay).connectTimeout(Duration.ofSeconds(2)), "127.0.0.2", "127.0.0.1");
            there.open().quit();

            long before = System.nanoTime();
            there.open().quit();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void allAddressesTogetherHaveTheTimeOfOneOpening() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var second = new SilentPort(InetAddress.getByName("127.0.0.2"), relay.port());
                var third = new SilentPort(InetAddress.getByName("127.0.0.3"), relay.port())) {
            Relay there = relay(
                    SmtpSettings.plain(relay).connectTimeout(LONG).openTimeout(SHORT),
                    "127.0.0.2",
                    "127.0.0.3",
                    "127.0.0.1");

            assertThatThrownBy(there::open).isInstanceOf(RelayBroken.class).hasMessageContaining("cannot be reached");
        }
    }

    @Test
    void whenNoAddressAnswersAllOfThemAreNamed() throws Exception {
        try (var relay = ScriptedRelay.plain().start()) {
            relay.stopListening();
            Relay there = relay(SmtpSettings.plain(relay), "127.0.0.2", "::1", "127.0.0.1");

            assertThatThrownBy(there::open)
                    .isInstanceOf(RelayBroken.class)
                    .hasMessageContainingAll("refuses connections", "(tried 127.0.0.2, 0:0:0:0:0:0:0:1, 127.0.0.1)");
        }
    }

    @Test
    void aGreetingThatSendsUsAwayTellsMoreThanAnAddressThatDoesNotAnswer() throws Exception {
        try (var relay =
                ScriptedRelay.plain().replyTo("connect", "421 4.3.2 later").start()) {
            Relay there = relay(SmtpSettings.plain(relay), "127.0.0.2", "127.0.0.1", "127.0.0.3");

            assertThatThrownBy(there::open)
                    .isInstanceOf(RelayBusy.class)
                    .hasMessageContainingAll("does not want us: 421 4.3.2 later", "(tried 127.0.0.2, 127.0.0.1");
        }
    }

    @Test
    void aPasswordThatIsWrongAtOneAddressIsNotTriedAtTheOthers() throws Exception {
        try (var relay = ScriptedRelay.plain().auth("orders", "another").start()) {
            Relay there = relay(SmtpSettings.plain(relay).login("orders", "secret"), "127.0.0.1", "127.0.0.1");

            assertThatThrownBy(there::open).hasMessageContaining("refused the log-in of 'orders'");

            assertThat(relay.connections()).isEqualTo(1);
        }
    }

    // ---- hosts

    @ParameterizedTest(name = "{0}: certificate for {1}")
    @CsvSource({
        "smtp_relay, smtp_relay",
        "SMTP_Relay, smtp_relay",
        "bücher.example, xn--bcher-kva.example",
        "relay.example., relay.example",
        "127.0.0.1, 127.0.0.1",
        "[127.0.0.1], 127.0.0.1",
        "::1, ::1",
        "[::1], ::1"
    })
    void aHostMayBeWrittenSo(String host, String inCertificate) throws Exception {
        try (var relay = ScriptedRelay.startTls(authority.issue(inCertificate)).start()) {
            Relay there = relay(SmtpSettings.startTls(relay, trusted).host(host), "127.0.0.1");

            there.open().quit();

            assertThat(relay.transcript()).contains("C: STARTTLS", "C: QUIT");
        }
    }

    @ParameterizedTest(name = "{0}: certificate for {1}")
    @CsvSource({
        "smtp_relay, smtp-relay",
        "smtp_relay.example, *.example",
        "bücher.example, bucher.example",
        "127.0.0.1, 127.0.0.2",
        "[::1], 127.0.0.1",
        "relay.example, other.example"
    })
    void theCertificateHasToBeForIt(String host, String inCertificate) throws Exception {
        for (boolean implicit : new boolean[] {false, true}) {
            try (var relay = implicit
                    ? ScriptedRelay.implicitTls(authority.issue(inCertificate)).start()
                    : ScriptedRelay.startTls(authority.issue(inCertificate)).start()) {
                Relay there = relay(
                        SmtpSettings.startTls(relay, trusted)
                                .host(host)
                                .tls(implicit ? Tls.IMPLICIT : Tls.STARTTLS)
                                .login("orders", "secret"),
                        "127.0.0.1");

                assertThatThrownBy(there::open).hasMessageContaining("is for another host");

                assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: AUTH"));
            }
        }
    }

    @Test
    void aNameInAnotherScriptIsLookedUpInAscii() throws Exception {
        RelayAddresses addresses = new RelayAddresses("bücher.example", host -> {
            assertThat(host).isEqualTo("xn--bcher-kva.example");
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });

        assertThat(addresses.inOrder()).containsExactly(InetAddress.getLoopbackAddress());
    }

    // ---- what the relay says

    @Test
    void withoutAFullNameOfThisMachineTheAddressOfTheSessionIsSaid() throws Exception {
        try (var relay = ScriptedRelay.plain().start()) {
            SmtpSettings settings = SmtpSettings.plain(relay).withoutEhloName();

            relay(settings, "127.0.0.1").open().quit();

            String own = InetAddress.getLocalHost().getCanonicalHostName();
            assertThat(relay.transcript())
                    .contains("C: EHLO " + (own.contains(".") && !own.matches("[0-9.]+|.*:.*") ? own : "[127.0.0.1]"));
        }
    }

    @Test
    void aGreetingOfTwoMindsIsTold() throws Exception {
        try (var relay = ScriptedRelay.plain()
                .replyTo("connect", "220-relay.test ESMTP\n554 5.7.1 no service for you")
                .start()) {
            assertThatThrownBy(relay(SmtpSettings.plain(relay), "127.0.0.1")::open)
                    .hasMessageContaining("does not want us: 554 5.7.1 no service for you");

            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: "));
        }
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "250 2.0.0 hello, connect, does not want us",
        "354 go on, EHLO, refuses EHLO",
        "250 ok, STARTTLS, refuses it"
    })
    void aReplyThatAnswersAnotherQuestionIsARefusal(String reply, String command, String what) throws Exception {
        try (var relay = ScriptedRelay.startTls(authority.issue("localhost"))
                .replyTo(command, reply)
                .start()) {
            assertThatThrownBy(relay(SmtpSettings.startTls(relay, trusted), "127.0.0.1")::open)
                    .hasMessageContainingAll(what, reply);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "EHLO", "AUTH"})
    void aReplyThatNeverEndsIsNotReadForEver(String command) throws Exception {
        for (boolean implicit : new boolean[] {false, !command.equals("connect")}) {
            try (var relay = (implicit
                            ? ScriptedRelay.implicitTls(authority.issue("localhost"))
                            : ScriptedRelay.plain())
                    .auth("orders", "secret")
                    .endlessAt(command, Duration.ZERO)
                    .start()) {
                Relay there = relay(
                        SmtpSettings.startTls(relay, trusted)
                                .tls(implicit ? Tls.IMPLICIT : Tls.NONE)
                                .login("orders", "secret")
                                .openTimeout(LONG),
                        "127.0.0.1");

                assertThatThrownBy(there::open)
                        .isInstanceOf(RelayBroken.class)
                        .hasMessageContainingAll("did not speak SMTP", "a reply of more than");
            }
        }
    }

    /** SO_TIMEOUT counts for each octet. */
    @ParameterizedTest
    @ValueSource(strings = {"connect", "EHLO", "STARTTLS", "AUTH"})
    void aReplyHasToBeCompleteWithinTheTimeOfTheOpening(String command) throws Exception {
        try (var relay = ScriptedRelay.startTls(authority.issue("localhost"))
                .auth("orders", "secret")
                .endlessAt(command, Duration.ofMillis(10))
                .start()) {
            Relay there = relay(
                    SmtpSettings.startTls(relay, trusted)
                            .login("orders", "secret")
                            .openTimeout(SHORT),
                    "127.0.0.1");

            assertThatThrownBy(there::open).isInstanceOf(RelayBroken.class);
        }
    }

    @Test
    void aRelayWhoseLinesEndInLineFeedsAloneIsToldSo() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            greetFrom(server, "220 relay.test ESMTP\n");
            Relay there = relay(
                    new SmtpSettings().tls(Tls.NONE).port(server.getLocalPort()).openTimeout(SHORT), "127.0.0.1");

            assertThatThrownBy(there::open)
                    .hasMessageContaining("a line that does not end with CRLF in time: 220 relay.test ESMTP\\n");
        }
    }

    // ---- TLS

    @Test
    void aClientCertificateThatIsWantedIsTold() throws Exception {
        for (boolean implicit : new boolean[] {false, true}) {
            var identity = authority.issue("localhost");
            try (var relay = (implicit ? ScriptedRelay.implicitTls(identity) : ScriptedRelay.startTls(identity))
                    .wantClientCertificate()
                    .start()) {
                Relay there = relay(
                        SmtpSettings.startTls(relay, trusted).tls(implicit ? Tls.IMPLICIT : Tls.STARTTLS), "127.0.0.1");

                assertThatThrownBy(there::open)
                        .isInstanceOf(RelayBroken.class)
                        .hasMessageContainingAll("asked for a client certificate", "log-in instead");
            }
        }
    }

    @Test
    void aPort465ThatDoesNotGreetIsNotWaitedForAsLongAsAnother() throws Exception {
        var random = ThreadLocalRandom.current();
        String address = "127." + random.nextInt(1, 255) + "." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
        try (var server = new ServerSocket(465, 50, InetAddress.getByName(address))) {
            Relay there = relay(
                    new SmtpSettings().port(465).openTimeout(Duration.ofMinutes(1)),
                    server.getInetAddress().getHostAddress());

            long before = System.nanoTime();
            assertThatThrownBy(there::open).hasMessageContainingAll("did not greet", "set postrider.smtp.tls=implicit");

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        } catch (IOException e) {
            throw new TestAbortedException("only root may listen on port 465", e);
        }
    }

    // ---- log-in

    @ParameterizedTest
    @ValueSource(
            strings = {"504 5.5.4 no such mechanism", "534 5.7.9 mechanism too weak", "553 5.1.3 no such mechanism"})
    void loginIsTriedWherePlainIsOfferedAndRefusedAsSuch(String reply) throws Exception {
        try (var relay = ScriptedRelay.plain()
                .auth("orders", "secret")
                .replyTo("AUTH PLAIN", reply)
                .start()) {
            relay(SmtpSettings.plain(relay).login("orders", "secret"), "127.0.0.1")
                    .open()
                    .quit();

            assertThat(relay.transcript())
                    .containsSubsequence(
                            "C: AUTH PLAIN ***", "S: " + reply, "C: AUTH LOGIN", "S: 235 2.7.0 authenticated");
            assertThat(relay.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"535 5.7.8 wrong", "454 4.7.0 not now", "501 5.5.2 what", "500 5.5.2 what", "250 2.0.0 ok"})
    void anyOtherRefusalIsNotFollowedByAnotherTry(String reply) throws Exception {
        try (var relay = ScriptedRelay.plain()
                .auth("orders", "secret")
                .replyTo("AUTH PLAIN", reply)
                .start()) {
            Relay there = relay(SmtpSettings.plain(relay).login("orders", "secret"), "127.0.0.1");

            assertThatThrownBy(there::open).isInstanceOf(RelayBroken.class).hasMessageContaining(reply);

            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: AUTH LOGIN"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH=LOGIN", "AUTH=PLAIN LOGIN", "auth=login plain", "AUTH CRAM-MD5\n250 AUTH=LOGIN"})
    void theOldStyleOfOfferingMechanismsIsUnderstood(String offered) throws Exception {
        try (var relay = ScriptedRelay.plain()
                .auth("orders", "secret")
                .replyTo("EHLO", "250-relay.test\n250-" + offered.replace("\n250 ", "\n250-") + "\n250 SIZE")
                .start()) {
            relay(SmtpSettings.plain(relay).login("orders", "secret"), "127.0.0.1")
                    .open()
                    .quit();

            assertThat(relay.transcript()).contains("S: 235 2.7.0 authenticated");
        }
    }

    @Test
    void credentialsTooLongForOneCommandFollowIt() throws Exception {
        String password = "x".repeat(400);
        try (var relay = ScriptedRelay.plain().auth("orders", password).start()) {
            relay(SmtpSettings.plain(relay).login("orders", password), "127.0.0.1")
                    .open()
                    .quit();

            assertThat(relay.transcript())
                    .containsSubsequence("C: AUTH PLAIN", "S: 334 ", "C: ***", "S: 235 2.7.0 authenticated");
        }
    }

    @Test
    void aRelayThatAsksOnAndOnIsGivenUp() throws Exception {
        try (var relay = ScriptedRelay.plain()
                .auth("orders", "secret")
                .authMechanisms("LOGIN")
                .replyTo("AUTH", "334 " + base64("More:"))
                .replyTo("*", "501 5.7.0 given up")
                .start()) {
            Relay there = relay(SmtpSettings.plain(relay).login("orders", "secret"), "127.0.0.1");

            assertThatThrownBy(there::open).isInstanceOf(RelayBroken.class).hasMessageContaining("refused the log-in");
        }
    }

    @Test
    void thePasswordIsNotInWhatIsToldOfARelayThatFallsSilent() throws Exception {
        try (var relay =
                ScriptedRelay.plain().auth("orders", "secret").hangAt("AUTH").start()) {
            Relay there =
                    relay(SmtpSettings.plain(relay).login("orders", "secret").openTimeout(SHORT), "127.0.0.1");

            assertThatThrownBy(there::open)
                    .hasMessageContaining("fell silent after AUTH")
                    .hasMessageNotContaining(base64("\0orders\0secret"))
                    .hasMessageNotContaining("secret");
        }
    }

    private static void greetFrom(ServerSocket server, String greeting) {
        Thread thread = new Thread(() -> {
            try (var socket = server.accept()) {
                socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().read();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static Relay relay(SmtpSettings settings, String... addresses) throws UnknownHostException {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(addresses[i]);
        }
        return new Relay(settings, new Logins(settings, key -> Optional.empty()), new Watchdog(), host -> all);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
