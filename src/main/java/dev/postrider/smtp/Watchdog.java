package dev.postrider.smtp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes the connections whose write or transaction takes too long. Thread-safe. */
final class Watchdog {

    private final Set<RelaySocket> watched = ConcurrentHashMap.newKeySet();

    void watch(RelaySocket socket) {
        watched.add(socket);
    }

    /** Called a few times a second; costs two volatile reads for each open session. */
    void tick() {
        long now = System.nanoTime();
        watched.removeIf(RelaySocket::isClosed);
        watched.forEach(socket -> socket.enforce(now));
    }
}
