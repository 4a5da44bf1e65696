package dev.postrider.ops;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import sun.misc.Signal;

/**
 * How the process ends. The first signal stops the taking and lets finish what is under way, for as long as {@code
 * quarkus.shutdown.timeout}. After that, or with a second signal, it ends there and then, as a crash would: what is not
 * settled is not acknowledged, and comes again.
 */
@Singleton
public class Shutdown {

    private static final Logger LOG = Logger.getLogger(Shutdown.class);
    private static final String[] SIGNALS = {"TERM", "INT"};
    private static final int TERMINATED = 128 + 15;

    /** For commits and QUITs, once the routes have been given up. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Duration timeout = ConfigProvider.getConfig().getValue("quarkus.shutdown.timeout", Duration.class);

    void started(@Observes CamelContextStartedEvent started, CamelContext camel) {
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getShutdownStrategy().setTimeout(Math.max(1, timeout.toMillis()));
    }

    void stopping(@Observes CamelContextStoppingEvent stopping) {
        LOG.info("stopping: nothing new is taken, what is under way is finished; a second signal ends it at once");
        for (String signal : SIGNALS) {
            // Left alone, Java ignores signals once it is shutting down.
            Signal.handle(new Signal(signal), again -> end("a second signal"));
        }
        // A relay that hangs would keep a thread of the routes, and that would keep the process.
        Thread last = new Thread(
                () -> {
                    LockSupport.parkNanos(timeout.plus(GRACE).toNanos());
                    end("not finished within " + timeout.toSeconds() + " s");
                },
                "shutdown-deadline");
        last.setDaemon(true);
        last.start();
    }

    private static void end(String why) {
        LOG.warnf("%s: ending at once; what is not settled comes again", why);
        Runtime.getRuntime().halt(TERMINATED);
    }
}
