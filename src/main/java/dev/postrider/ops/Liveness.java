package dev.postrider.ops;

import dev.postrider.process.FatalErrors;
import dev.postrider.process.Worker;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Whether the process is worth keeping: no thread of it has ended with an error. {@code /q/health/live} */
@Startup
@Singleton
class Liveness {

    Liveness() {
        Worker.watchOthers();
        LogManager.getLogManager().getLogger("").addHandler(new FatalErrorsInTheLog());
    }

    @Produces
    @Singleton
    @org.eclipse.microprofile.health.Liveness
    HealthCheck threads() {
        return () -> {
            Set<String> failed = Worker.failed();
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named("threads").status(failed.isEmpty());
            if (!failed.isEmpty()) {
                response.withData("ended", String.join(", ", failed));
            }
            return response.build();
        };
    }

    /**
     * Kafka's clients catch the Error that ends their network thread, Camel the one that ends a step, Netty the one of a
     * connection: all they do with it is to log it.
     */
    private static final class FatalErrorsInTheLog extends Handler {

        @Override
        public void publish(LogRecord record) {
            if (record.getThrown() != null) {
                FatalErrors.check(record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
