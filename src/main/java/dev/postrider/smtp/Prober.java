package dev.postrider.smtp;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The one who tries the relay again while the line is stopped, with back-off and jitter, so that nobody else has to. */
final class Prober implements Runnable {

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
            while (line.awaitStop()) {
                probeUntilOpen();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void probeUntilOpen() throws InterruptedException {
        Duration delay = config.delay();
        do {
            try {
                pool.probe();
                line.opened();
                return;
            } catch (RelayBroken e) {
                line.stopped(e.getMessage());
            }
            long jittered = (long) (delay.toMillis() * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
            if (!line.pause(Duration.ofMillis(jittered))) {
                return;
            }
            delay = delay.multipliedBy(2).compareTo(config.maxDelay()) < 0 ? delay.multipliedBy(2) : config.maxDelay();
        } while (true);
    }
}
