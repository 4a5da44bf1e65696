package dev.postrider.smtp;

import dev.postrider.process.FatalErrors;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * The one who tries the relay again while the line is stopped, with back-off and jitter, so that nobody else has to. The
 * back-off goes on when the line stops again as soon as it was opened: a relay may let us in and then take no mail.
 */
final class Prober implements Runnable {

    private static final Logger LOG = Logger.getLogger(Prober.class);

    private final SmtpConfig.Probe config;
    private final Line line;
    private final SessionPool pool;

    Prober(SmtpConfig.Probe config, Line line, SessionPool pool) {
        this.config = config;
        this.line = line;
        this.pool = pool;
    }

    @Override
    public void run() {
        try {
            Duration delay = Duration.ZERO; // At the start there is nothing to wait for.
            boolean open = probe();
            long since = System.nanoTime();
            while (line.awaitStop()) {
                boolean lasted = open && System.nanoTime() - since > delay.toNanos();
                delay = lasted ? config.delay() : longerThan(delay);
                if (!line.pause(jittered(delay))) {
                    return;
                }
                open = probe();
                since = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ShuttingDown e) {
            LOG.debug("the prober ends");
        }
    }

    private boolean probe() throws InterruptedException {
        try {
            pool.probe();
            line.opened();
            return true;
        } catch (RelayBroken e) {
            LOG.debugf("not open yet: %s", e.getMessage());
        } catch (ShuttingDown e) {
            throw e;
        } catch (RuntimeException | Error e) {
            FatalErrors.check(e);
            // Without the prober the line would never open again.
            LOG.error("a mistake of ours in opening a session", e);
            line.stopped("a session cannot be opened: " + e);
        }
        return false;
    }

    private Duration longerThan(Duration delay) {
        Duration doubled = delay.isZero() ? config.delay() : delay.multipliedBy(2);
        return doubled.compareTo(config.maxDelay()) < 0 ? doubled : config.maxDelay();
    }

    private static Duration jittered(Duration delay) {
        return Duration.ofNanos(
                (long) (delay.toNanos() * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
    }
}
