package dev.postrider.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What EHLO says we are (RFC 5321 §4.1.1.1): the full name of this machine, or where it has none, the address that the session
 * comes from, as a literal. The name is looked up once: a DNS that does not answer takes its time. Thread-safe.
 */
final class EhloName {

    // RFC 5321 §4.1.2. A name without a dot is no full one, and relays refuse mail over it
    // (reject_non_fqdn_helo_hostname).
    private static final Pattern FULL_NAME =
            Pattern.compile("([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]*");

    private final Optional<String> configured;
    private volatile Optional<String> own;

    EhloName(SmtpConfig config) {
        this.configured = config.ehloName();
    }

    /** @param local the address of our end of the connection */
    String from(InetAddress local) {
        return configured.or(this::own).orElseGet(() -> literal(local));
    }

    private Optional<String> own() {
        if (own == null) {
            try {
                own = fullName(InetAddress.getLocalHost().getCanonicalHostName());
            } catch (UnknownHostException e) {
                own = Optional.empty();
            }
        }
        return own;
    }

    /** Empty for one without a dot, and for an address, which stands for there being no name. */
    static Optional<String> fullName(String canonicalName) {
        return Optional.of(canonicalName)
                .filter(name -> name.length() <= 255 && FULL_NAME.matcher(name).matches());
    }

    /** RFC 5321 §4.1.3 */
    static String literal(InetAddress address) {
        String digits = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet6Address ? "[IPv6:" + digits + "]" : "[" + digits + "]";
    }
}
