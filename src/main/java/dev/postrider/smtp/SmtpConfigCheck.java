package dev.postrider.smtp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Settings that are each well-formed and cannot work, alone or together. */
final class SmtpConfigCheck {

    private static final Logger LOG = Logger.getLogger(SmtpConfigCheck.class);

    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
    private static final Pattern MORE_THAN_A_HOST = Pattern.compile(".*[\\s/].*|[^:]*:[^:]*|\\[.*]:.*", Pattern.DOTALL);
    private static final Pattern EHLO_NAME = Pattern.compile("[A-Za-z0-9_.-]+|\\[[A-Za-z0-9:.]+]"); // RFC 5321 §4.1.4
    private static final String READ_DIFFERENTLY = "\u00DF\u1E9E\u03C2\u200C\u200D"; // RFC 5894 §7.2
    private static final Duration LONGEST = Duration.ofDays(24); // What fits in the milliseconds of a socket option.

    private SmtpConfigCheck() {}

    /** @throws IllegalArgumentException naming the setting and what it accepts */
    static void check(SmtpConfig config) {
        require(!config.host().isBlank(), "postrider.smtp.host: the name of the relay");
        require(
                !MORE_THAN_A_HOST.matcher(config.host()).matches(),
                "postrider.smtp.host: the name of the relay and nothing else, not '" + config.host()
                        + "'; the port goes to postrider.smtp.port");
        requireName(config.host());
        require(config.port() >= 1 && config.port() <= 65535, "postrider.smtp.port: 1 to 65535");
        config.ehloName()
                .ifPresent(name -> require(
                        EHLO_NAME.matcher(name).matches(),
                        "postrider.smtp.ehlo-name: a host name, or an address in square brackets"));
        require(
                config.password().isEmpty() || config.passwordFile().isEmpty(),
                "postrider.smtp.password and postrider.smtp.password-file: set one of them");
        boolean secret = config.password().isPresent() || config.passwordFile().isPresent();
        require(
                config.username().isPresent() == secret,
                "postrider.smtp.username and postrider.smtp.password: set both or neither (or postrider.smtp.password-file"
                        + " instead of the latter)");
        config.discardEhloKeywords().orElse(List.of()).forEach(SmtpConfigCheck::requireKeyword);
        limits(config);
        exposure(config);
        ports(config);
    }

    /** STARTTLS and AUTH are not among them: whether those are used is said by other settings. */
    private static void requireKeyword(String keyword) {
        require(
                Offer.KEYWORDS.contains(keyword.strip().toUpperCase(Locale.ROOT)),
                "postrider.smtp.discard-ehlo-keywords: of " + String.join(", ", new TreeSet<>(Offer.KEYWORDS))
                        + ", not '" + keyword + "'");
    }

    private static void requireName(String host) {
        require(
                host.chars().noneMatch(c -> READ_DIFFERENTLY.indexOf(c) >= 0),
                "postrider.smtp.host: '" + host
                        + "' has a letter that the two versions of IDNA read differently; write the"
                        + " xn-- form of the name");
        try {
            RelayAddresses.name(host);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "postrider.smtp.host: '" + host + "' cannot be the name of a host (" + Causes.oneLine(e) + ")", e);
        }
    }

    private static void limits(SmtpConfig config) {
        positive("connect-timeout", config.connectTimeout());
        positive("open-timeout", config.openTimeout());
        positive("read-timeout", config.readTimeout());
        positive("write-timeout", config.writeTimeout());
        positive("transaction-deadline", config.transactionDeadline());
        positive("pool.idle-timeout", config.pool().idleTimeout());
        positive("pool.max-age", config.pool().maxAge());
        positive("probe.delay", config.probe().delay());
        positive("probe.max-delay", config.probe().maxDelay());
        require(!config.pool().probeAfter().isNegative(), "postrider.smtp.pool.probe-after: 0 or longer");
        require(config.lostConnectionRetries() >= 0, "postrider.smtp.lost-connection-retries: at least 0");
        require(config.pool().size() >= 1, "postrider.smtp.pool.size: at least 1");
        require(config.pool().maxTransactions() >= 1, "postrider.smtp.pool.max-transactions: at least 1");
    }

    /** A name that happens to resolve to loopback today is not enough: tomorrow it may not. */
    private static void exposure(SmtpConfig config) {
        require(
                config.tls() != Tls.NONE || config.username().isEmpty() || loopback(config.host()),
                "postrider.smtp.tls=none together with postrider.smtp.password would send the password readable to "
                        + config.host() + ": use starttls or implicit");
        if (config.tls() == Tls.NONE) {
            LOG.warnf("postrider.smtp.tls=none: mail travels readable to %s", config.host());
        }
    }

    private static void ports(SmtpConfig config) {
        if (config.tls() == Tls.STARTTLS && config.port() == 465) {
            LOG.warn("postrider.smtp.port=465 usually waits for TLS first: for it set postrider.smtp.tls=implicit");
        } else if (config.tls() == Tls.IMPLICIT && (config.port() == 587 || config.port() == 25)) {
            LOG.warnf(
                    "postrider.smtp.port=%d usually speaks STARTTLS: for it set postrider.smtp.tls=starttls",
                    config.port());
        }
    }

    private static void positive(String key, Duration duration) {
        require(
                duration.toMillis() > 0 && duration.compareTo(LONGEST) <= 0,
                "postrider.smtp." + key + ": longer than 0, at most 24 days");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static boolean loopback(String host) {
        try {
            return host.equalsIgnoreCase("localhost")
                    || (IP_ADDRESS.matcher(host).matches()
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
