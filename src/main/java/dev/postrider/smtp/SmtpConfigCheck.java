package dev.postrider.smtp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jboss.logging.Logger;

/** Settings that are each well-formed and together a mistake. */
final class SmtpConfigCheck {

    private static final Logger LOG = Logger.getLogger(SmtpConfigCheck.class);

    private SmtpConfigCheck() {}

    static void check(SmtpConfig config) {
        if (config.username().isPresent() != config.password().isPresent()) {
            throw new IllegalArgumentException("postrider.smtp.username and postrider.smtp.password: set both or neither");
        }
        if (config.tls() == Tls.NONE && config.password().isPresent() && !loopback(config.host())) {
            throw new IllegalArgumentException("postrider.smtp.tls=none together with postrider.smtp.password would send"
                    + " the password readable to " + config.host() + ": use starttls or implicit");
        }
        if (config.pool().size() < 1 || config.pool().maxTransactions() < 1) {
            throw new IllegalArgumentException(
                    "postrider.smtp.pool.size and postrider.smtp.pool.max-transactions: at least 1");
        }
        if (config.tls() == Tls.NONE) {
            LOG.warnf("postrider.smtp.tls=none: mail travels readable to %s", config.host());
        } else if (config.tls() == Tls.STARTTLS && config.port() == 465) {
            LOG.warn("postrider.smtp.port=465 usually waits for TLS first: for it set postrider.smtp.tls=implicit");
        } else if (config.tls() == Tls.IMPLICIT && (config.port() == 587 || config.port() == 25)) {
            LOG.warnf("postrider.smtp.port=%d usually speaks STARTTLS: for it set postrider.smtp.tls=starttls", config.port());
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
