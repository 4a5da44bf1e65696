package dev.postrider.delivery;

import dev.postrider.ledger.Ledger.Standing;
import dev.postrider.submission.RawSubmission;
import dev.postrider.submission.Submission;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/**
 * What the routes ask on the way of every request. Not in Camel's simple language: it would look up getters, classes and
 * arguments in each message anew, which costs as much as relaying it.
 */
@Singleton
class Questions {

    @Produces
    @Singleton
    @Named("isAheadOfItsTime")
    Predicate isAheadOfItsTime(SendTimes sendTimes) {
        return exchange -> sendTimes.isAhead(exchange.getVariable("request", Submission.class));
    }

    @Produces
    @Singleton
    @Named("isNew")
    Predicate isNew() {
        return exchange -> exchange.getVariable("standing") == Standing.NEW;
    }

    @Produces
    @Singleton
    @Named("isWholeMessage")
    Predicate isWholeMessage() {
        return exchange -> exchange.getMessage().getBody() instanceof RawSubmission;
    }

    /** Whether a step has failed that takes requests in, or that settles them: then settling is not what helps. */
    @Produces
    @Singleton
    @Named("cannotBeSettled")
    Predicate cannotBeSettled() {
        return exchange ->
                exchange.getVariable("arrival") == null || exchange.getMessage().getBody() instanceof Settlement;
    }

    @Produces
    @Singleton
    @Named("someAreGivenUp")
    Predicate someAreGivenUp() {
        return exchange -> settlement(exchange).deadLetter().isPresent();
    }

    @Produces
    @Singleton
    @Named("someAreDeferred")
    Predicate someAreDeferred() {
        return exchange -> settlement(exchange).deferral().isPresent();
    }

    private static Settlement settlement(Exchange exchange) {
        return (Settlement) exchange.getMessage().getBody();
    }
}
