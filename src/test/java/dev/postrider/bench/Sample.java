package dev.postrider.bench;

import java.time.Duration;

/**
 * One turn of one peer.
 *
 * @param cpu of the peer's process
 * @param peak the most memory it had resident, in KB; 0 when nobody knows
 * @param relayCpu of the relay in the same time
 */
record Sample(long messages, Duration elapsed, Duration cpu, long peak, Duration relayCpu) {

    /** Messages a second. */
    double rate() {
        return messages / seconds(elapsed);
    }

    /** Processor seconds for 1000 messages. */
    double cpuPerThousand() {
        return 1000 * seconds(cpu) / messages;
    }

    /** Of one processor, how much the relay had. */
    double relayShare() {
        return seconds(relayCpu) / seconds(elapsed);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
