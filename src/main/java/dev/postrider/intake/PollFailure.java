package dev.postrider.intake;

import java.util.Optional;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * What a failed poll means.
 *
 * @param kind what is done about it
 * @param text what is wrong and what to do, for people
 */
record PollFailure(Kind kind, String text) {

    enum Kind {
        /** Another instance has our place. To take it back would only have that one do the same, for ever. */
        FENCED,
        /** The settings cannot work: trying again does not help. */
        FATAL,
        /** The brokers do not let us read. This consumer asks again until they do. */
        REFUSED,
        /** A new consumer may have more luck. */
        RECONNECT
    }

    /** @param failure as the consumer threw it; what a rebalance callback has thrown is a cause of it */
    static PollFailure of(Throwable failure, String group, String instanceId) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> fatal = fatal(cause, group, instanceId);
            if (fatal.isPresent()) {
                return new PollFailure(
                        cause instanceof FencedInstanceIdException ? Kind.FENCED : Kind.FATAL,
                        fatal.get() + "; nothing more is read here until this instance is started again");
            }
            if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
                return new PollFailure(Kind.REFUSED, "Kafka does not let us read: " + cause.getMessage());
            }
        }
        return new PollFailure(Kind.RECONNECT, "polling Kafka failed, reconnecting: " + failure.getMessage());
    }

    private static Optional<String> fatal(Throwable cause, String group, String instanceId) {
        if (cause instanceof FencedInstanceIdException) {
            // KIP-345: the broker knows only the instance that joined last.
            return Optional.of("another instance reads with our postrider.kafka.instance-id '" + instanceId
                    + "': give each instance its own");
        }
        if (cause instanceof InvalidSessionTimeoutException) {
            return Optional.of("the brokers do not accept postrider.kafka.session-timeout: keep it between their"
                    + " group.min.session.timeout.ms and group.max.session.timeout.ms");
        }
        if (cause instanceof InvalidGroupIdException) {
            return Optional.of("the brokers do not accept the group '" + group + "': see postrider.kafka.group-id");
        }
        if (cause instanceof InvalidOffsetException) {
            return Optional.of("postrider.kafka.auto-offset-reset is none, and there is no offset to go on from ("
                    + cause.getMessage() + "): set the offsets of group '" + group + "', or another reset");
        }
        if (cause instanceof UnsupportedVersionException) {
            return Optional.of("the brokers are too old for this application: " + cause.getMessage());
        }
        return Optional.empty();
    }
}
