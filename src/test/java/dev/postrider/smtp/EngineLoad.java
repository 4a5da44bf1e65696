package dev.postrider.smtp;

import dev.postrider.fixture.Patience;
import jakarta.mail.MessagingException;
import java.nio.file.Path;
import java.time.Duration;

/** The whole package at work, for the benchmark: sessions are kept as long as it lasts. Thread-safe. */
public final class EngineLoad implements AutoCloseable {

    private static final Duration PATIENCE = Patience.ONE_MINUTE;

    private final Engine engine;

    private EngineLoad(Engine engine) {
        this.engine = engine;
    }

    /** Returns when the relay has let us in. */
    public static EngineLoad open(int port, Path authorities, String user, String password, int sessions) {
        return new EngineLoad(Engine.open(new SmtpSettings()
                .port(port)
                .trustCertificates(authorities)
                .login(user, password)
                .readTimeout(PATIENCE)
                .transactionDeadline(PATIENCE)
                .poolSize(sessions)
                .maxTransactions(Integer.MAX_VALUE)));
    }

    /** Returns when the relay has taken it, for everybody. */
    public void send(Outgoing message) throws MessagingException {
        engine.sender().send(message);
    }

    @Override
    public void close() {
        engine.close();
    }
}
