package dev.postrider.delivery;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

/**
 * Tries until it works. For what has to be stored before a request may be acknowledged: giving up would lose it, so the
 * request waits, and with it the room it takes.
 */
@Singleton
class UntilStored {

    private static final Logger LOG = Logger.getLogger(UntilStored.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final CamelContext camel;

    UntilStored(CamelContext camel) {
        this.camel = camel;
    }

    /** An attempt. */
    interface Attempt {
        void run() throws Exception;
    }

    /**
     * @param what is to be done, for the log
     * @throws LeftAtSource when we shut down before it worked
     */
    void store(String what, Attempt attempt) {
        Duration pause = FIRST_PAUSE;
        boolean failed = false;
        while (true) {
            try {
                attempt.run();
                if (failed) {
                    LOG.infof("could %s at last", what);
                }
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LeftAtSource(what);
            } catch (Exception e) {
                if (!failed) {
                    LOG.errorf(
                            "cannot %s, trying until it works: %s", what, e.getMessage() == null ? e : e.getMessage());
                }
                failed = true;
            }
            pause(what, pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void pause(String what, Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < end) {
            if (camel.isStopping() || camel.isStopped()) {
                throw new LeftAtSource(what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LeftAtSource(what);
            }
        }
    }
}
