package dev.postrider.intake;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Lets no record header become a message header. Whoever may write to the topic could otherwise steer the components
 * behind it: a header {@code mail.smtp.starttls.enable} made Camel's mail component send without TLS (CAMEL-23522). The
 * few headers that mean something to us are read by name from the record itself.
 */
@Singleton
@Named("closedDoor")
public class ClosedDoor implements HeaderFilterStrategy {

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return true;
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}
