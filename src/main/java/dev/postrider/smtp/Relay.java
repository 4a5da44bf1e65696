package dev.postrider.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Opens sessions with the relay, TLS and authentication included, at the first of its addresses that greets. Thread-safe. */
final class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);

    private final SmtpConfig config;
    private final Authorities authorities;
    private final Logins logins;
    private final Watchdog watchdog;
    private final RelayAddresses addresses;
    private final EhloName ehloName;
    private final Trust trust;
    private final AtomicLong opened = new AtomicLong();
    private final AtomicReference<String> noticed = new AtomicReference<>("");

    Relay(SmtpConfig config, Logins logins, Watchdog watchdog) {
        this(config, logins, watchdog, InetAddress::getAllByName);
    }

    Relay(SmtpConfig config, Logins logins, Watchdog watchdog, RelayAddresses.Resolver resolver) {
        this.config = config;
        this.authorities = new Authorities(config.trustCertificates());
        this.logins = logins;
        this.watchdog = watchdog;
        this.addresses = new RelayAddresses(config.host(), resolver);
        this.ehloName = new EhloName(config);
        this.trust = new Trust(System::nanoTime);
    }

    /**
     * Connects, begins TLS, authenticates. All or nothing: with credentials configured a session that did not
     * authenticate is no session, with TLS asked for neither is one without.
     *
     * @throws RelayBusy when the relay takes no further session at the moment
     * @throws RelayBroken saying what is wrong and what to do
     */
    RelaySession open() throws RelayBroken {
        long deadline = System.nanoTime() + config.openTimeout().toNanos();
        Optional<Login> login = logins.now();
        RelayTrouble trouble = new RelayTrouble(config, login);
        List<InetAddress> tried = new ArrayList<>();
        SessionOpener furthest = null;
        IOException why = null;
        List<InetAddress> candidates = addresses(trouble);
        for (InetAddress address : candidates) {
            tried.add(address);
            boolean last = tried.size() == candidates.size();
            SessionOpener opener =
                    new SessionOpener(config, login, authorities.now(), socket(), ehloName, this::notice, deadline);
            try {
                // Where there is another address, a silent one does not get all the time there is.
                Exchange exchange = opener.open(address, last ? config.openTimeout() : config.connectTimeout());
                addresses.worked(address);
                noticed.set("");
                return session(exchange, opener.offered(), trouble);
            } catch (IOException e) {
                if (furthest == null || opener.greeted() || (opener.connected() && !furthest.connected())) {
                    furthest = opener;
                    why = e;
                }
                if (opener.greeted()) {
                    break;
                }
                addresses.failed(address); // Also when no time is left: the next opening is to begin with another.
                if (System.nanoTime() - deadline >= 0) {
                    break;
                }
            }
        }
        throw trouble.notOpened(why, furthest, tried);
    }

    /** How many sessions were opened. */
    long opened() {
        return opened.get();
    }

    private List<InetAddress> addresses(RelayTrouble trouble) throws RelayBroken {
        try {
            return addresses.inOrder();
        } catch (UnknownHostException e) {
            throw trouble.unknownHost(e);
        }
    }

    private RelaySocket socket() throws RelayBroken {
        try {
            RelaySocket socket = new RelaySocket(config.writeTimeout());
            watchdog.watch(socket);
            return socket;
        } catch (IOException e) {
            throw new RelayBroken("no socket to be had (" + e.getMessage() + "): raise the limit of open files", e);
        }
    }

    private RelaySession session(Exchange exchange, EhloResponse offered, RelayTrouble trouble) {
        Channel channel = new Channel(
                opened.incrementAndGet(), exchange, Offer.of(offered, config), trust, trouble, new Rendering());
        return new RelaySession(channel, config);
    }

    /** Once, until a session opens: the prober meets the same again and again. */
    private void notice(String text) {
        if (!noticed.getAndSet(text).equals(text)) {
            LOG.warn(text);
        }
    }
}
