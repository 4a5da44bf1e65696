package dev.postrider.ledger;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is remembered of requests already relayed: {@code postrider.ledger.*}. */
public interface LedgerConfig {

    /**
     * How long an id is remembered: a request that comes again within this time is not relayed again. 0 switches the
     * ledger off, and then everything that comes twice is sent twice.
     */
    @WithDefault("24h")
    Duration window();

    /**
     * How many ids are remembered at most, the latest ones; each takes about 105 bytes of the heap. More than this within
     * the window, and the oldest are forgotten early.
     */
    @WithDefault("1000000")
    int maxIds();
}
