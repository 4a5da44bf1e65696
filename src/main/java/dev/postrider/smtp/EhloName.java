package dev.postrider.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * What EHLO says we are (RFC 5321 §4.1.4): the name of this machine, or where it has none, its address as a literal. Looked
 * up once: a DNS that does not answer takes its time, and Jakarta Mail would ask it for every session. Thread-safe.
 */
final class EhloName {

    private final Optional<String> configured;
    private volatile String own;

    EhloName(SmtpConfig config) {
        this.configured = config.ehloName();
    }

    String get() {
        return configured.orElseGet(this::own);
    }

    private String own() {
        if (own == null) {
            try {
                InetAddress here = InetAddress.getLocalHost();
                own = of(here.getCanonicalHostName(), here);
            } catch (UnknownHostException e) {
                own = literal(InetAddress.getLoopbackAddress());
            }
        }
        return own;
    }

    /** A canonical name that looks like an address means that there is none. */
    static String of(String canonicalName, InetAddress address) {
        boolean named = canonicalName.chars().anyMatch(Character::isLetter) && !canonicalName.contains(":");
        return named ? canonicalName : literal(address);
    }

    /** RFC 5321 §4.1.3 */
    private static String literal(InetAddress address) {
        String digits = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet6Address ? "[IPv6:" + digits + "]" : "[" + digits + "]";
    }
}
