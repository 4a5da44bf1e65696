package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpConfigCheckTest {

    @Test
    void theDefaultsWithAHostAreFine() {
        accepted(settings -> {});
    }

    @Test
    void aUserWithoutAPasswordIsRefused() {
        refused(
                settings -> settings.username("orders"),
                "postrider.smtp.username and postrider.smtp.password: set both");
    }

    @Test
    void aPasswordIsGivenOnceByItselfOrInAFile() {
        accepted(settings -> settings.username("orders").passwordFile(Path.of("password")));
        refused(
                settings -> settings.login("orders", "secret").passwordFile(Path.of("password")),
                "postrider.smtp.password and postrider.smtp.password-file: set one of them");
        refused(
                settings -> settings.passwordFile(Path.of("password")),
                "postrider.smtp.username and postrider.smtp.password: set both");
        refused(
                settings -> settings.tls(Tls.NONE).username("orders").passwordFile(Path.of("password")),
                "postrider.smtp.tls=none together with postrider.smtp.password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relay.example", "10.0.0.1", "2001:db8::1", "localhost.example", "127.0.0.1.example"})
    void aPasswordIsNotSentInTheClear(String host) {
        refused(
                settings -> settings.tls(Tls.NONE).host(host).login("orders", "secret"),
                "postrider.smtp.tls=none together with postrider.smtp.password",
                host,
                "use starttls or implicit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.3.2.1", "::1", "[::1]"})
    void exceptToThisMachine(String host) {
        accepted(settings -> settings.tls(Tls.NONE).host(host).login("orders", "secret"));
    }

    @Test
    void mailWithoutPasswordMayTravelInTheClear() {
        accepted(settings -> settings.tls(Tls.NONE).host("relay.example"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65536, 70000})
    void aPortIsOne(int port) {
        refused(settings -> settings.port(port), "postrider.smtp.port: 1 to 65535");
    }

    @Test
    void aHostIsNeeded() {
        refused(settings -> settings.host(" "), "postrider.smtp.host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:587", "smtp://relay.example", "relay.example ", "[::1]:587", "relay.example/"})
    void aHostIsNothingButAName(String host) {
        refused(settings -> settings.host(host), "'" + host + "'", "the port goes to postrider.smtp.port");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relay.example",
                "192.0.2.1",
                "2001:db8::1",
                "[2001:db8::1]",
                "::1",
                "smtp_relay",
                "bücher.example",
                "relay"
            })
    void aHostMayBeANameOrAnAddress(String host) {
        accepted(settings -> settings.host(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "straße.example",
                "a..b",
                "relay.example..",
                "x123456789012345678901234567890123456789012345678901234567890123.example"
            })
    void aHostThatCannotBeOneIsRefused(String host) {
        refused(settings -> settings.host(host), "postrider.smtp.host: '" + host + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\r\nMAIL FROM:<x>", "[127.0.0.1", "ümlaut"})
    void anEhloNameIsAHostNameOrALiteral(String name) {
        refused(settings -> settings.ehloName(name), "postrider.smtp.ehlo-name: a host name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.example.org", "pod_7-x", "[192.0.2.1]", "[IPv6:2001:db8::1]"})
    void anEhloNameMayBeALiteralOrHaveAnUnderscore(String name) {
        accepted(settings -> settings.ehloName(name));
    }

    @Test
    void noLimitIsZeroOrLongerThanTheSocketCanCount() {
        for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(25)}) {
            refused(settings -> settings.connectTimeout(wrong), "postrider.smtp.connect-timeout: longer than 0");
            refused(settings -> settings.openTimeout(wrong), "postrider.smtp.open-timeout: longer than 0");
            refused(settings -> settings.readTimeout(wrong), "postrider.smtp.read-timeout: longer than 0");
            refused(settings -> settings.writeTimeout(wrong), "postrider.smtp.write-timeout: longer than 0");
            refused(settings -> settings.transactionDeadline(wrong), "postrider.smtp.transaction-deadline: longer");
            refused(settings -> settings.idleTimeout(wrong), "postrider.smtp.pool.idle-timeout: longer than 0");
            refused(settings -> settings.maxAge(wrong), "postrider.smtp.pool.max-age: longer than 0");
            refused(
                    settings -> settings.probeDelay(wrong, Duration.ofSeconds(1)),
                    "postrider.smtp.probe.delay: longer");
            refused(
                    settings -> settings.probeDelay(Duration.ofSeconds(1), wrong),
                    "postrider.smtp.probe.max-delay: longer");
        }
        refused(
                settings -> settings.probeAfter(Duration.ofSeconds(-1)),
                "postrider.smtp.pool.probe-after: 0 or longer");
        accepted(settings -> settings.probeAfter(Duration.ZERO));
    }

    @Test
    void countsAreAtLeastOneOrNone() {
        refused(settings -> settings.poolSize(0), "postrider.smtp.pool.size: at least 1");
        refused(settings -> settings.maxTransactions(0), "postrider.smtp.pool.max-transactions: at least 1");
        refused(settings -> settings.lostConnectionRetries(-1), "postrider.smtp.lost-connection-retries: at least 0");
        accepted(settings -> settings.lostConnectionRetries(0));
    }

    @Test
    void portsThatUsuallySpeakAnotherTlsAreOnlyWarnedAbout() {
        accepted(settings -> settings.port(465).tls(Tls.STARTTLS));
        accepted(settings -> settings.port(587).tls(Tls.IMPLICIT));
    }

    private static void accepted(Consumer<SmtpSettings> change) {
        assertThatCode(() -> check(change)).doesNotThrowAnyException();
    }

    private static void refused(Consumer<SmtpSettings> change, String... words) {
        assertThatThrownBy(() -> check(change))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.smtp.")
                .hasMessageContainingAll(words);
    }

    private static void check(Consumer<SmtpSettings> change) {
        SmtpSettings settings = new SmtpSettings().host("relay.example").port(587);
        change.accept(settings);
        SmtpConfigCheck.check(settings);
    }
}
