package dev.postrider.bench;

import dev.postrider.message.MessageComposer;
import dev.postrider.smtp.EngineLoad;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.Origin;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Postrider's composer and sender, without what stands before and behind them in the application. */
final class EngineClient extends BlockingClient {

    private final MessageComposer composer =
            new MessageComposer(Clock.systemUTC(), Optional.of("X-Postrider-Id"), Optional.empty());
    private final Path authority;
    private final AtomicLong number = new AtomicLong();
    private EngineLoad engine;

    EngineClient(Path home) {
        this.authority = home.resolve(BenchAuthority.PEM);
    }

    @Override
    void connect(int port, int count) {
        engine = EngineLoad.open(port, authority, USER, PASSWORD, count);
    }

    @Override
    void send(Letter letter) throws Exception {
        String id = "bench-" + number.incrementAndGet();
        Arrival arrival = new Arrival(new Origin.InboxFile(Path.of(id), id), new byte[0], () -> {});
        engine.send(composer.compose(letter.request(id), arrival));
    }

    @Override
    void disconnect() {
        engine.close();
    }
}
