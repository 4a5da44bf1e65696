package dev.postrider.delivery;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/**
 * What the route asks of a settlement. Not in Camel's simple language: it would look up the getters of the body in each
 * message anew, which costs as much as relaying it.
 */
@Singleton
class Questions {

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
