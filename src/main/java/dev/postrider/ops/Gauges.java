package dev.postrider.ops;

import dev.postrider.ledger.Ledger;
import dev.postrider.smtp.RelayConnection;
import dev.postrider.smtp.SessionEnd;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** What Prometheus sees of line and pool at {@code /q/metrics}; the counters of dispositions are where they are counted. */
@Startup
@Singleton
class Gauges {

    Gauges(MeterRegistry meters, RelayConnection relay, Ledger ledger) {
        Gauge.builder("postrider.line.stopped", relay, r -> r.line().stop().isPresent() ? 1 : 0)
                .description("1 while the relay cannot be used and requests wait")
                .register(meters);
        session(meters, relay, "busy", r -> r.pool().busy());
        session(meters, relay, "idle", r -> r.pool().idle());
        Gauge.builder("postrider.sessions.waiting", relay, r -> r.pool().waiting())
                .description("Requests that wait for a session")
                .register(meters);
        Gauge.builder("postrider.sessions.allowed", relay, r -> r.pool().allowed())
                .description(
                        "Sessions that may be used at once for now; fewer than the pool's size while the relay throttles")
                .register(meters);
        FunctionCounter.builder(
                        "postrider.sessions.opened", relay, r -> r.pool().opened())
                .description("Sessions opened since the start")
                .register(meters);
        for (SessionEnd reason : SessionEnd.values()) {
            FunctionCounter.builder("postrider.sessions.discarded", relay, r -> r.discarded(reason))
                    .tag("reason", reason.toString())
                    .description("Sessions ended since the start, by why")
                    .register(meters);
        }
        Gauge.builder("postrider.ledger.ids", ledger, Ledger::ids)
                .description("Ids remembered, that are not relayed again")
                .register(meters);
    }

    private static void session(
            MeterRegistry meters,
            RelayConnection relay,
            String state,
            java.util.function.ToDoubleFunction<RelayConnection> count) {
        Gauge.builder("postrider.sessions", relay, count)
                .tag("state", state)
                .description("Sessions open with the relay")
                .register(meters);
    }
}
