package dev.postrider.smtp;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses of the relay's host (RFC 5321 §5.1), IPv4 and IPv6 in the order of the resolver. One that failed is tried last for
 * a while: else each new session would wait for it again. Thread-safe.
 */
final class RelayAddresses {

    private static final int MOST = 8;
    private static final long A_WHILE = Duration.ofMinutes(1).toNanos();

    private final String host;
    private final Resolver resolver;
    private final Map<InetAddress, Long> failed = new ConcurrentHashMap<>();

    /** Usually {@link InetAddress#getAllByName}. */
    interface Resolver {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    RelayAddresses(String host, Resolver resolver) {
        this.host = host;
        this.resolver = resolver;
    }

    /** At least one. */
    List<InetAddress> inOrder() throws UnknownHostException {
        List<InetAddress> all = Arrays.asList(resolver.addressesOf(name(host)));
        failed.keySet().retainAll(all);
        long now = System.nanoTime();
        failed.values().removeIf(since -> now - since > A_WHILE);
        List<InetAddress> ordered = new ArrayList<>(all);
        ordered.removeIf(failed::containsKey);
        all.stream().filter(failed::containsKey).forEach(ordered::add);
        return ordered.subList(0, Math.min(MOST, ordered.size()));
    }

    void failed(InetAddress address) {
        failed.put(address, System.nanoTime());
    }

    void worked(InetAddress address) {
        failed.remove(address);
    }

    /**
     * The host as DNS and certificates know it: a name in ASCII (RFC 5890 §2.3.2.1), an address without brackets.
     *
     * @throws IllegalArgumentException when it cannot be one
     */
    static String name(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.substring(1, host.length() - 1);
        }
        return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    }
}
