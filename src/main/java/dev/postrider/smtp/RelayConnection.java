package dev.postrider.smtp;

import dev.postrider.process.Worker;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;

/** Puts line, pool and prober together and ties them to the routes' life. */
@Singleton
public class RelayConnection {

    private static final Duration TICK = Duration.ofMillis(200);

    private final Watchdog watchdog = new Watchdog();
    private final Line line = new Line(Clock.systemUTC());
    private final SmtpConfig config;
    private final RateLimit rate;
    private final SessionPool pool;
    // Two threads: the watchdog must not wait for a QUIT, it may have to end it.
    private final ScheduledExecutorService housekeeping =
            Executors.newScheduledThreadPool(2, task -> Worker.thread("smtp-housekeeping", task));

    /** @throws IllegalArgumentException naming the setting, when the settings contradict each other */
    @Inject
    public RelayConnection(SmtpConfig config, RateConfig rate) {
        this(config, rate, SettingsFiles::ofThisApplication);
    }

    RelayConnection(SmtpConfig config, RateConfig rate, SettingsFiles files) {
        this.config = config;
        this.rate = new RateLimit(rate, System::nanoTime);
        SmtpConfigCheck.check(config);
        this.pool = new SessionPool(config, new Relay(config, new Logins(config, files), watchdog), line);
        line.onStop(pool::lineStopped);
    }

    /** For the route: {@code javaMailSender: "#bean:pooledMailSender"}. */
    @Produces
    @Singleton
    @Named("pooledMailSender")
    PooledMailSender sender() {
        return new PooledMailSender(config, line, rate, pool);
    }

    /** For readiness. */
    public Line line() {
        return line;
    }

    /** For the gauges. */
    public PoolState pool() {
        return pool.state();
    }

    /** How many sessions were ended for this reason since the start. */
    public long discarded(SessionEnd reason) {
        return pool.ended(reason);
    }

    /**
     * Sessions in use (or being opened), idle, requests waiting for one, how many were opened since the start, and how many
     * may be used at once for now.
     */
    public record PoolState(int busy, int idle, int waiting, long opened, int allowed) {}

    void start(@Observes CamelContextStartedEvent started) {
        repeat(watchdog::tick, TICK);
        repeat(pool::evictIdle, Duration.ofSeconds(1));
        Worker.thread("smtp-prober", new Prober(config.probe(), line, pool)).start();
    }

    /** First, while the routes drain: requests that wait for a stopped line stay with their source. */
    void stopping(@Observes CamelContextStoppingEvent stopping) {
        line.close();
        pool.lineClosed();
    }

    /** Last: QUIT. */
    void stopped(@Observes CamelContextStoppedEvent stopped) {
        housekeeping.shutdown();
        pool.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It would tell of failures, and there are none.
    private void repeat(Runnable task, Duration pause) {
        housekeeping.scheduleWithFixedDelay(
                Worker.surviving(task), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
