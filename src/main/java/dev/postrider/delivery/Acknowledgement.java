package dev.postrider.delivery;

import dev.postrider.intake.StoreHealth;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.Excerpt;
import dev.postrider.submission.Receipt;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;
import org.jboss.logging.Logger;

/** Tells the source that a request is settled: the offset may be committed, the file put away. */
@Singleton
@Named("acknowledgement")
@RegisterForReflection
public class Acknowledgement {

    private static final Logger LOG = Logger.getLogger(Acknowledgement.class);

    private final UntilStored untilStored;
    private final StoreHealth stores;

    Acknowledgement(UntilStored untilStored, StoreHealth stores) {
        this.untilStored = untilStored;
        this.stores = stores;
    }

    public void settle(@Variable("arrival") Arrival arrival) {
        untilStored.store("acknowledge " + arrival.origin().name(), arrival.receipt()::settle);
    }

    /** Nothing is acknowledged: whoever has the source goes on with it. */
    public void leave(@Variable("arrival") Arrival arrival) {
        arrival.receipt().leave();
    }

    /**
     * A step failed that must not: one of those that take requests in, or that settle them. To settle it now would fail in the
     * same way. Nothing is acknowledged, so nothing is lost; the room is there for others, and it comes again with the next
     * start. Readiness is down until then.
     */
    public void leaveUnsettled(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String route = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, exchange.getFromRouteId(), String.class);
        Object body = exchange.getMessage().getBody();
        Arrival arrival = body instanceof Arrival came ? came : exchange.getVariable("arrival", Arrival.class);
        if (arrival != null) {
            LOG.errorf(
                    failure,
                    "a mistake of ours in %s: %s is not settled; it comes again with the next start",
                    route,
                    arrival.origin().name());
            stores.leftUnsettled(arrival.origin().name());
            arrival.receipt().leave();
        } else if (exchange.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT) instanceof Receipt record) {
            String name = exchange.getMessage().getHeader(KafkaConstants.TOPIC) + "-"
                    + exchange.getMessage().getHeader(KafkaConstants.PARTITION) + "@"
                    + exchange.getMessage().getHeader(KafkaConstants.OFFSET);
            LOG.errorf(
                    failure,
                    "a mistake of ours in %s: record %s cannot be taken; it comes again with the next start",
                    route,
                    name);
            stores.leftUnsettled(name);
            record.leave();
        } else {
            LOG.errorf("%s takes nothing for now: %s", route, Excerpt.printable(String.valueOf(failure)));
        }
    }
}
