package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.Patience;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The whole package at work, as the application puts it together: line, prober, pool, housekeeping and sender. */
final class Engine implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(10);

    private final RelayConnection connection;
    private final PooledMailSender sender;

    private Engine(SmtpSettings config, SettingsFiles files) {
        connection = new RelayConnection(config, config, files);
        sender = connection.sender();
    }

    static Engine start(SmtpSettings config) {
        return start(config, key -> Optional.empty());
    }

    /** With settings that come from files. */
    static Engine start(SmtpSettings config, SettingsFiles files) {
        Engine engine = new Engine(config, files);
        engine.connection.start(null);
        return engine;
    }

    /** Started, and the line is open. */
    static Engine open(SmtpSettings config) {
        Engine engine = start(config);
        await().pollInterval(POLL)
                .atMost(Patience.ONE_MINUTE)
                .untilAsserted(() -> assertThat(engine.line().stop()).isEmpty());
        return engine;
    }

    /** Sends, and returns the relay's word, be it good or bad. */
    TransactionReport send(Outgoing message) throws MessagingException {
        try {
            sender.send(message);
            return message.report().orElseThrow();
        } catch (NotRelayed e) {
            assertThat(message.report()).contains(e.report());
            return e.report();
        }
    }

    /** Sends on another thread. */
    CompletableFuture<TransactionReport> sendLater(Outgoing message) {
        CompletableFuture<TransactionReport> report = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                report.complete(send(message));
            } catch (MessagingException | RuntimeException | AssertionError e) {
                report.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return report;
    }

    static TransactionReport get(CompletableFuture<TransactionReport> report) throws InterruptedException {
        try {
            return report.get(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no report", e);
        }
    }

    PooledMailSender sender() {
        return sender;
    }

    Line line() {
        return connection.line();
    }

    long discarded(SessionEnd reason) {
        return connection.discarded(reason);
    }

    RelayConnection.PoolState pool() {
        return connection.pool();
    }

    /** Waits until the line is stopped for a reason that contains all of this; returns the reason. */
    String awaitStop(String... words) {
        await().pollInterval(POLL)
                .atMost(Patience.ONE_MINUTE)
                .untilAsserted(() -> assertThat(line().stop())
                        .hasValueSatisfying(stop -> assertThat(stop.reason()).contains(words)));
        return line().stop().orElseThrow().reason();
    }

    void awaitOpen() {
        await().pollInterval(POLL)
                .atMost(Patience.ONE_MINUTE)
                .untilAsserted(() -> assertThat(line().stop()).isEmpty());
    }

    /** The routes begin to stop. */
    void stopping() {
        connection.stopping(null);
    }

    /** The routes have stopped. */
    void stopped() {
        connection.stopped(null);
    }

    @Override
    public void close() {
        stopping();
        stopped();
    }
}
