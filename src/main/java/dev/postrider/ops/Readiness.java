package dev.postrider.ops;

import dev.postrider.intake.ConsumerHealth;
import dev.postrider.intake.Inbox;
import dev.postrider.intake.StoreHealth;
import dev.postrider.smtp.Line;
import dev.postrider.smtp.RelayConnection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Whether mail can go out now: relay, Kafka, stores, folder, routes. {@code /q/health/ready} */
class Readiness {

    @Produces
    @Singleton
    @org.eclipse.microprofile.health.Readiness
    HealthCheck relay(RelayConnection relay) {
        return () -> {
            Optional<Line.Stop> stop = relay.line().stop();
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named("relay").status(stop.isEmpty());
            stop.ifPresent(
                    why -> response.withData("since", why.since().toString()).withData("reason", why.reason()));
            return response.build();
        };
    }

    @Produces
    @Singleton
    @org.eclipse.microprofile.health.Readiness
    HealthCheck kafka(KafkaWatch watch, ConsumerHealth consumers) {
        return () -> {
            HealthCheckResponseBuilder response =
                    response("kafka", watch.trouble().or(consumers::trouble));
            if (!Given.isSet("kafka.bootstrap.servers")) {
                response.withData("state", "not configured");
            }
            return response.build();
        };
    }

    /** Down while something cannot be stored: then nothing begins. Also when a mistake of ours left something unsettled. */
    @Produces
    @Singleton
    @org.eclipse.microprofile.health.Readiness
    HealthCheck stores(StoreHealth stores) {
        return () -> response("stores", stores.trouble()).build();
    }

    /** Down while files cannot be taken: {@code inbox/} is not there, or the disk is full. */
    @Produces
    @Singleton
    @org.eclipse.microprofile.health.Readiness
    HealthCheck folder(Inbox inbox) {
        return () -> response("folder", inbox.trouble()).build();
    }

    @Produces
    @Singleton
    @org.eclipse.microprofile.health.Readiness
    HealthCheck routes(CamelContext camel) {
        return () -> {
            List<String> stopped = camel.getRoutes().stream()
                    .map(Route::getRouteId)
                    .filter(id -> camel.getRouteController().getRouteStatus(id) != ServiceStatus.Started)
                    .filter(id -> camel.getRoute(id).isAutoStartup())
                    .toList();
            boolean up = camel.isStarted() && stopped.isEmpty();
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named("routes").status(up);
            if (!stopped.isEmpty()) {
                response.withData("stopped", String.join(", ", stopped));
            }
            return response.build();
        };
    }

    /** Up while there is no trouble; else down, with the reason. */
    private static HealthCheckResponseBuilder response(String name, Optional<String> trouble) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(trouble.isEmpty());
        trouble.ifPresent(why -> response.withData("reason", why));
        return response;
    }
}
